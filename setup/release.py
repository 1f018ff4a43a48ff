"""Releases a version: `make release VERSION=x.y.z`.

Sets the version in app/__init__.py, moves the changelog's Unreleased section under it,
commits both files and tags the commit. Refuses, and changes nothing, if the working tree
has changes, if the version is not above the last one or has a tag already, or if nothing
is listed as unreleased.
"""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "app" / "__init__.py"
CHANGELOG = ROOT / "CHANGELOG.md"

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_ASSIGNED = re.compile(r'^(__version__ = ")([^"]+)(")$', re.MULTILINE)
_UNRELEASED = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)


def main(arguments: list[str]) -> None:
    """Release the one version that the arguments name."""
    version = arguments[0] if len(arguments) == 1 else ""
    _check(version)
    changelog, package = CHANGELOG.read_text(), PACKAGE.read_text()
    today = datetime.now(UTC).date()
    CHANGELOG.write_text(_cut(changelog, f"## {version} - {today.isoformat()}"))
    PACKAGE.write_text(_ASSIGNED.sub(rf"\g<1>{version}\g<3>", package))
    try:
        _git("commit", "--quiet", "--all", "--message", f"Release {version}")
        _git("tag", "--annotate", f"v{version}", "--message", f"Winnow {version}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"git failed: {error.stderr.strip()}")
    print(f"released {version}; publish it with `git push --follow-tags`")  # noqa: T201  a program


def _check(version: str) -> None:
    """Exit with the reason if the version cannot be released."""
    if not _VERSION.fullmatch(version):
        sys.exit("name a version of three numbers: make release VERSION=1.2.3")
    if changed := _git("status", "--porcelain"):
        sys.exit(f"the working tree has changes; commit them first:\n{changed}")
    tagged = [tag.removeprefix("v") for tag in _git("tag", "--list", "v*").split()]
    if version in tagged:
        sys.exit(f"the tag v{version} exists")
    last = max([_read_current(), *filter(_VERSION.fullmatch, tagged)], key=_parse_numbers)
    if _parse_numbers(version) <= _parse_numbers(last):
        sys.exit(f"{version} is not above {last}, the last version")
    section = _UNRELEASED.search(CHANGELOG.read_text())
    if section is None or not _HEADING.sub("", section[1]).strip():
        sys.exit("the changelog lists nothing under Unreleased")


def _read_current() -> str:
    assigned = _ASSIGNED.search(PACKAGE.read_text())
    if assigned is None:
        sys.exit(f"{PACKAGE} assigns no __version__")
    return assigned[2]


def _parse_numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _cut(changelog: str, heading: str) -> str:
    """Return the changelog with the unreleased changes under a new heading."""
    return changelog.replace("## Unreleased\n", f"## Unreleased\n\n{heading}\n", 1)


def _git(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  fixed commands
        ["git", *arguments],  # noqa: S607  the git on the PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
