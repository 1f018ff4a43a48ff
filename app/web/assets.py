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
from starlette.types import Receive, Scope, Send

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
_PIECE = 64 << 10  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file as it is, and compressed where that makes it smaller."""

    whole: bytes
    small: bytes | None
    media_type: str
    tag: str


class Assets(StaticFiles):
    """Serves static/ under a digest of all its contents.

    One digest for all files keeps relative imports between scripts, and `url()` in
    style sheets, working. An outdated digest returns the current file, uncached.
    A file is read and compressed once, in a thread of its own, so that nobody waits for
    requests that search. What is held is at most static/, as it is and compressed.
    """

    def __init__(self) -> None:
        """Read every file once to compute the digest."""
        super().__init__(directory=DIRECTORY)
        self.config_checked = True  # else the first request looks, among others' threads
        self.digest = compute_digest(DIRECTORY)
        self._places = {p.relative_to(DIRECTORY).as_posix(): p for p in _list(DIRECTORY)}
        self._held: dict[str, _File] = {}
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="assets")

    def make_url(self, path: str) -> str:
        """Return the address of a file, given its path below static/."""
        return f"{PREFIX}/{self.digest}/{path}"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file, cacheable for ever if the digest is the current one."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        if path not in self._places:  # by its one name, or each would be held
            raise HTTPException(404)
        file = self._held.get(path)
        if file is None:
            loop = asyncio.get_running_loop()
            file = await loop.run_in_executor(self._reader, self._hold, path)
        is_current = scope["path_params"].get("digest") == self.digest
        return _answer(file, Headers(scope=scope), _FOREVER if is_current else "no-cache")

    def _hold(self, path: str) -> _File:
        """Return a file, read and compressed at most once. Raises HTTPException."""
        if file := self._held.get(path):
            return file
        try:
            whole = self._places[path].read_bytes()
        except OSError as error:  # it has gone since the start
            raise HTTPException(404) from error
        small = gzip.compress(whole, mtime=0)
        file = _File(
            whole=whole,
            small=small if len(small) < _SHRUNK * len(whole) else None,
            media_type=guess_type(path)[0] or "text/plain",
            tag=f'"{hashlib.sha256(whole).hexdigest()[:_DIGITS]}"',
        )
        self._held[path] = file
        return file


class _Pieces(Response):
    """A body that is sent in pieces: who reads slowly holds only some of them."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head, and a piece after another as the client reads."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        body = memoryview(self.body)
        for at in range(0, len(body), _PIECE):
            piece = bytes(body[at : at + _PIECE])
            more = at + _PIECE < len(body)
            await send({"type": "http.response.body", "body": piece, "more_body": more})
        if not body:
            await send({"type": "http.response.body", "body": b""})


def _answer(file: _File, asked: Headers, cache_control: str) -> Response:
    """Return a file, small where that is accepted, or that the client has it."""
    headers = {"Cache-Control": cache_control, "ETag": file.tag}
    body = file.whole
    if file.small is not None:
        headers |= {"ETag": f"W/{file.tag}", "Vary": "Accept-Encoding"}
    if names_tag(asked.get("if-none-match", ""), file.tag):
        return Response(status_code=304, headers=headers)
    if file.small is not None and "gzip" in asked.get("accept-encoding", ""):
        headers["Content-Encoding"], body = "gzip", file.small
    return _Pieces(body, media_type=file.media_type, headers=headers)


def _list(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


@cache
def compute_digest(directory: Path) -> str:
    """Return a digest of the names and contents of all files below a directory, once."""
    digest = hashlib.sha256()
    for path in _list(directory):
        digest.update(path.relative_to(directory).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
