"""Bundles the scripts and style sheets that pages name, with esbuild, into static/built/.

Each entry of static/js and static/css becomes one file there; what several scripts import
goes to a file of its own. Sources stay where they are: maps lead a debugger to them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "static" / "built"

ENTRIES = ("js/entries/*.js", "css/entries/*.css")
"""The files below static/ that pages name, each of which becomes one of static/built."""

_OPTIONS = (
    *("--bundle", "--splitting", "--format=esm", "--target=es2022"),
    *("--minify", "--sourcemap", "--legal-comments=eof"),
    *("--entry-names=[name]", "--chunk-names=[name]-[hash]"),
    *("--external:*.woff2", "--log-level=warning"),
)


def main() -> None:
    """Rebuild static/built."""
    draft = BUILT.with_name("built.new")
    shutil.rmtree(draft, ignore_errors=True)
    entries = [file for entry in ENTRIES for file in sorted((ROOT / "static").glob(entry))]
    command = [_find_esbuild(), *entries, *_OPTIONS, f"--outdir={draft}"]
    subprocess.run(command, check=True)  # noqa: S603  ours
    shutil.rmtree(BUILT, ignore_errors=True)
    draft.rename(BUILT)


def _find_esbuild() -> Path:
    """Return esbuild's own program, which needs no node."""
    programs = (ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild")
    if not (program := next(programs, None)):
        sys.exit("node_modules has no esbuild; run `make clean` and try again")
    return program


if __name__ == "__main__":
    main()
