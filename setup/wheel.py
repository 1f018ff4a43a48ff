"""Puts into the wheel what the service ships beside its code; setuptools calls it.

In a checkout templates/ and static/ lie beside app/. A wheel may bring no other names
than its packages, so there they lie in app/, and translations are compiled.
"""

import runpy
import shutil
from pathlib import Path

from setuptools.command.build_py import build_py
from setuptools.errors import SetupError

_FOLDERS = ("templates", "static")
_NOT_DATA = {".py", ".pyc", ".po"}


class BuildWheel(build_py):
    """Builds the packages from nothing, with their data."""

    def run(self) -> None:
        """Copy code and data; an editable install finds the data where they are."""
        if self.editable_mode:
            return super().run()
        _check_scripts(Path("static"))
        built = Path(self.build_lib)
        shutil.rmtree(built, ignore_errors=True)  # an earlier build may have had more
        super().run()
        for package in self._top_levels():
            _copy_data(Path(package), built / package)
        for folder in _FOLDERS:
            shutil.copytree(folder, built / "app" / folder)
        return None

    def _top_levels(self) -> list[str]:
        return [name for name in self.packages if "." not in name]


def _check_scripts(static: Path) -> None:
    vendored = runpy.run_path("setup/vendor.py")
    patterns = runpy.run_path("setup/bundle.py")["ENTRIES"]
    entries = sorted(entry for pattern in patterns for entry in static.glob(pattern))
    needed = [
        static / "vendor" / name for name in (*vendored["FILES"], *vendored["FOLDERS"])
    ]
    for file in (*needed, *(static / "built" / entry.name for entry in entries)):
        if not file.exists():
            raise SetupError(f"{file} is missing; run `make wheel`")


def _copy_data(package: Path, built: Path) -> None:
    for file in filter(Path.is_file, package.rglob("*")):
        target = built / file.relative_to(package)
        if file.suffix == ".po":
            _compile(file, target.with_suffix(".mo"))
        elif file.suffix not in _NOT_DATA:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo  # noqa: PLC0415  no editable install
    from babel.messages.pofile import read_po  # noqa: PLC0415   needs it

    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as written:
        write_mo(written, read_po(read))
