"""Assets: style sheets, scripts, fonts and pictures, under immutable addresses."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_APP = Path(__file__).parents[1]


def find_shipped(name: str) -> Path:
    """Find the directory `templates` or `static`: beside app/, or in it once installed."""
    installed = _APP / name
    return installed if installed.is_dir() else _APP.parent / name


DIRECTORY = find_shipped("static")
PREFIX = "/static"

_FOREVER = "public, max-age=31536000, immutable"
_DIGITS = 12


class Assets(StaticFiles):
    """Serves static/ under a digest of all its contents.

    One digest for all files keeps relative imports between scripts, and `url()` in
    style sheets, working. An outdated digest returns the current file, uncached.
    """

    def __init__(self) -> None:
        """Read every file once to compute the digest."""
        super().__init__(directory=DIRECTORY)
        self.digest = compute_digest(DIRECTORY)

    def make_url(self, path: str) -> str:
        """Return the address of a file, given its path below static/."""
        return f"{PREFIX}/{self.digest}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file, cacheable for ever if the digest is the current one."""
        response = await super().get_response(path, scope)
        is_current = scope["path_params"].get("digest") == self.digest
        response.headers["Cache-Control"] = _FOREVER if is_current else "no-cache"
        return response


@cache
def compute_digest(directory: Path) -> str:
    """Return a digest of the names and contents of all files below a directory, once."""
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(directory).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
