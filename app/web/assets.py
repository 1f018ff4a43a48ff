"""Assets: style sheets, scripts, fonts and pictures, under immutable addresses."""

import asyncio
import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.responses import names_tag

_APP = Path(__file__).parents[1]


def find_shipped(name: str) -> Path:
    """Find the directory `templates` or `static`: beside app/, or in it once installed."""
    installed = _APP / name
    return installed if installed.is_dir() else _APP.parent / name


DIRECTORY = find_shipped("static")
PREFIX = "/static"

_FOREVER = "public, max-age=31536000, immutable"
_DIGITS = 12
_SHRUNK = 0.9  # of its size, from which on a file is kept as it is


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent; `is_small` if it is compressed."""

    body: bytes
    is_small: bool
    media_type: str
    tag: str


class Assets(StaticFiles):
    """Serves static/ under a digest of all its contents.

    One digest for all files keeps relative imports between scripts, and `url()` in
    style sheets, working. An outdated digest returns the current file, uncached.
    A file is read and compressed once, in a thread of its own, so that nobody waits for
    requests that search. What is held is at most static/, compressed: 6 MiB.
    """

    def __init__(self) -> None:
        """Read every file once to compute the digest."""
        super().__init__(directory=DIRECTORY)
        self.config_checked = True  # else the first request looks, among others' threads
        self.digest = compute_digest(DIRECTORY)
        self._held: dict[str, _File] = {}
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="assets")

    def make_url(self, path: str) -> str:
        """Return the address of a file, given its path below static/."""
        return f"{PREFIX}/{self.digest}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file, cacheable for ever if the digest is the current one."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        file = self._held.get(path)
        if file is None:
            loop = asyncio.get_running_loop()
            file = await loop.run_in_executor(self._reader, self._hold, path)
        is_current = scope["path_params"].get("digest") == self.digest
        return _answer(file, Headers(scope=scope), _FOREVER if is_current else "no-cache")

    def _hold(self, path: str) -> _File:
        """Return a file, read at most once. Raises HTTPException."""
        if path in self._held:
            return self._held[path]
        try:
            place, found = self.lookup_path(path)
            if found is None or not Path(place).is_file():
                raise HTTPException(404)
            whole = Path(place).read_bytes()
        except (OSError, ValueError) as error:  # a name that no file can have, or gone
            raise HTTPException(404) from error
        body = gzip.compress(whole, mtime=0)
        is_small = len(body) < _SHRUNK * len(whole)
        tag = f'"{hashlib.sha256(whole).hexdigest()[:_DIGITS]}"'
        media_type = guess_type(place)[0] or "text/plain"
        file = _File(body if is_small else whole, is_small, media_type, tag)
        self._held[path] = file
        return file


def _answer(file: _File, asked: Headers, cache_control: str) -> Response:
    """Return a file, small where that is accepted, or that the client has it."""
    headers = {"Cache-Control": cache_control, "ETag": file.tag}
    if file.is_small:
        headers |= {"ETag": f"W/{file.tag}", "Vary": "Accept-Encoding"}
    if names_tag(asked.get("if-none-match", ""), file.tag):
        return Response(status_code=304, headers=headers)
    body = file.body
    if file.is_small and "gzip" in asked.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    elif file.is_small:
        body = gzip.decompress(body)
    return Response(body, media_type=file.media_type, headers=headers)


@cache
def compute_digest(directory: Path) -> str:
    """Return a digest of the names and contents of all files below a directory, once."""
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(directory).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
