"""Finds or installs a Chromium for the browser tests, and prints its path.

It tries, in this order: $WINNOW_CHROMIUM; Chromium's headless shell, which needs half the
time of a whole browser: on the PATH or, as root on Debian, from its package; a Chromium or
Chrome on the PATH; Playwright's own; and, as root on Debian, the package `chromium`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_SHELL = "chromium-headless-shell"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLAYWRIGHT_TIMEOUT_S = 300
_APT_TIMEOUT_S = 900


def main() -> None:
    """Print the path of a browser, or say what to do."""
    for find in (
        _find_named,
        _find_shell,
        _install_shell_from_debian,
        _find_on_path,
        _find_playwrights,
        _install_by_playwright,
        _install_from_debian,
    ):
        if path := find():
            print(path)  # noqa: T201  this program prints
            return
    sys.exit("no Chromium: install one and name it in WINNOW_CHROMIUM")


def _find_named() -> str | None:
    return os.environ.get("WINNOW_CHROMIUM") or None


def _find_shell() -> str | None:
    return shutil.which(_SHELL)


def _install_shell_from_debian() -> str | None:
    return _find_shell() if _install_packages(_SHELL) else None


def _find_on_path() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _find_playwrights() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install_by_playwright() -> str | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if _is_root():
        command.insert(-1, "--with-deps")
    return _find_playwrights() if _run(command, _PLAYWRIGHT_TIMEOUT_S) else None


def _install_from_debian() -> str | None:
    return _find_on_path() if _install_packages("chromium") else None


def _install_packages(*names: str) -> bool:
    if not _is_root() or not shutil.which("apt-get"):
        return False
    _run(["apt-get", "update", "-q"], _APT_TIMEOUT_S)
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *names]
    return _run(install, _APT_TIMEOUT_S)


def _run(command: list[str], timeout_s: int) -> bool:
    print("trying:", *command, file=sys.stderr)  # noqa: T201
    try:
        done = subprocess.run(  # noqa: S603  fixed commands
            command, stdout=sys.stderr, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _is_root() -> bool:
    return os.geteuid() == 0


if __name__ == "__main__":
    main()
