"""Bundles the scripts and style sheets that pages name, with esbuild, into static/built/.

Each of them becomes one file there; what is imported later, and what it shares with the
first script, goes to files of their own. Sources stay where they are: maps lead a
debugger to them.
MathJax's parts become one file, too: a page would ask for two dozen.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "static" / "built"
VENDOR = ROOT / "static" / "vendor"

ENTRIES = (
    "js/entries/appearance.js",
    "js/entries/site.js",
    "js/entries/api-docs.js",
    "css/entries/*.css",
)
"""The files below static/ that pages name, each of which becomes one of static/built."""

_OPTIONS = (
    *("--bundle", "--splitting", "--format=esm", "--target=es2022"),
    *("--minify", "--sourcemap", "--legal-comments=eof"),
    *("--entry-names=[name]", "--chunk-names=[name]-[hash]"),
    *("--external:*.woff2", "--log-level=warning"),
)

_FONTS = (
    "mathjax-fonts/mathjax-newcm-font/chtml.js",
    "mathjax-fonts/mathjax-mhchem-font-extension/chtml.js",
    *(
        f"mathjax-fonts/mathjax-newcm-font/chtml/dynamic/{alphabet}.js"
        for alphabet in ("calligraphic", "double-struck", "fraktur", "script")
    ),
)
_SELDOM = ("mathjax/output/svg.js",)


def main() -> None:
    """Rebuild static/built."""
    draft = BUILT.with_name("built.new")
    shutil.rmtree(draft, ignore_errors=True)
    entries = [file for entry in ENTRIES for file in sorted((ROOT / "static").glob(entry))]
    command = [_find_esbuild(), *entries, *_OPTIONS, f"--outdir={draft}"]
    subprocess.run(command, check=True)  # noqa: S603  ours
    (draft / "mathjax.js").write_text(_join_mathjax(), encoding="utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    draft.rename(BUILT)


def _join_mathjax() -> str:
    """Return MathJax's parts as functions by their paths below vendor/; the first is run.

    MathJax names each part that it needs by its address. It starts by itself, and takes
    its settings from the page.
    """
    parts = [
        *sorted((VENDOR / "mathjax").rglob("*.js")),
        *(VENDOR / font for font in _FONTS),
    ]
    paths = [part.relative_to(VENDOR).as_posix() for part in parts]
    functions = "".join(
        f"{json.dumps(path)}() {{\n{part.read_text(encoding='utf-8')}\n}},\n"
        for path, part in zip(paths, parts, strict=True)
        if path not in _SELDOM
    )
    return (
        f"globalThis.mathJaxParts = {{\n{functions}}};\n"
        'globalThis.mathJaxParts["mathjax/startup.js"]();\n'
        'delete globalThis.mathJaxParts["mathjax/startup.js"];\n'
    )


def _find_esbuild() -> Path:
    """Return esbuild's own program, which needs no node."""
    programs = (ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild")
    if not (program := next(programs, None)):
        sys.exit("node_modules has no esbuild; run `make clean` and try again")
    return program


if __name__ == "__main__":
    main()
