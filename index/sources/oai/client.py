"""The client of an OAI-PMH server: one request at a time, and not too soon.

A request that fails in a way that may pass is made again, a few times, with growing
pauses. What a server asks for with Retry-After is kept to.
"""

import http.client
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import IO, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request

from index.errors import HarvestFailed
from index.sources.oai.opening import Opener
from index.sources.oai.page import PREFIX, BadPage, Page, read_page, show

PAUSE_S = 3.0
"""Seconds between two requests, which arXiv asks for."""

ATTEMPTS = 5
MAX_PAGE = 64 << 20
"""A larger page, in bytes, is not read. arXiv's have some 8 MB."""

MAX_WAIT_S = 3_600
"""Whoever asks to be left alone for longer is left alone: the harvest ends."""

_SILENCE_S = 120.0
_PAGE_S = 900.0
_CHUNK = 1 << 16
_GROWTH = 3
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LOG = logging.getLogger(__name__)


class _Passing(Exception):
    """A request failed in a way that may pass; `wait_s` is what the server asks for."""

    def __init__(self, problem: str, wait_s: float = 0) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class OaiClient:
    """Fetches pages of records from the server at `url`. For one thread."""

    def __init__(
        self,
        url: str,
        *,
        agent: str,
        pause_s: float | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep the address and a name for the server's log. Raises HarvestFailed.

        `pause_s` is what passes between two requests; only tests ask for less.
        """
        if not _is_address(url):
            raise HarvestFailed(f"{url!r} is no address of a server: http(s)://…")
        self.url = url
        self._agent = agent
        self._pause_s = PAUSE_S if pause_s is None else pause_s
        self._wait = wait
        self._opener = Opener(_SILENCE_S)
        self._free = 0.0  # when the next request may begin

    def list_records(self, since: date, within: str) -> Page:
        """Fetch the first page of what changed on a day or later; "" is every set.

        Raises HarvestFailed, and Refusal.
        """
        asked = {"metadataPrefix": PREFIX, "from": since.isoformat()}
        return self._fetch(asked | ({"set": within} if within else {}))

    def go_on(self, token: str) -> Page:
        """Fetch the page that a resumption token stands for. Raises as `list_records`.

        The token may be percent-encoded already, as arXiv's are; it is encoded again.
        """
        return self._fetch({"resumptionToken": token})

    def _fetch(self, asked: dict[str, str]) -> Page:
        query = urlencode({"verb": "ListRecords"} | asked, quote_via=quote, safe="")
        address = f"{self.url}{'&' if '?' in self.url else '?'}{query}"
        for attempt in range(1, ATTEMPTS + 1):
            self._wait_until_free()
            try:
                return self._try(address)
            except _Passing as passing:
                problem = passing
            finally:
                self._free = time.monotonic() + self._pause_s
            if attempt < ATTEMPTS:
                pause_s = max(problem.wait_s, self._pause_s * _GROWTH**attempt)
                _LOG.warning("%s: %s; again in %.0f s", self.url, problem, pause_s)
                self._wait(pause_s)
        raise HarvestFailed(f"{self.url}: {problem}, {ATTEMPTS} times in a row")

    def _wait_until_free(self) -> None:
        if (pause_s := self._free - time.monotonic()) > 0:
            self._wait(pause_s)

    def _try(self, address: str) -> Page:
        request = Request(address, headers={"User-Agent": self._agent})  # noqa: S310  checked
        try:
            with self._opener.open(request, _PAGE_S) as response:
                content = self._read(response)
            return read_page(content)
        except HTTPError as error:
            with error:
                self._explain(error)
        except BadPage as error:
            raise _Passing(str(error)) from error
        except ValueError as error:  # of an address that no library takes
            raise HarvestFailed(f"{self.url} cannot be asked: {error}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise _Passing(f"no answer ({show(str(reason) or repr(reason))})") from error

    def _read(self, response: IO[bytes]) -> bytes:
        """Read a page. Raises HarvestFailed for one that is huge, _Passing for one cut."""
        headers = response.headers  # type: ignore[attr-defined]
        packing = headers.get("Content-Encoding", "identity").lower()
        if packing != "identity":
            raise _Passing(f"an answer packed with {show(packing)}, which nobody asked for")
        content = bytearray()
        while chunk := response.read(_CHUNK):
            content += chunk
            if len(content) > MAX_PAGE:
                raise HarvestFailed(f"{self.url}: a page of more than {MAX_PAGE:,} bytes")
        if getattr(response, "length", None):
            raise _Passing("an answer that is cut off")
        return bytes(content)

    def _explain(self, error: HTTPError) -> NoReturn:
        """Raise what an HTTP status means."""
        if error.code in _PASSING:
            wait_s = _read_pause(error.headers.get("Retry-After"))
            if wait_s > MAX_WAIT_S:
                raise HarvestFailed(
                    f"{self.url}: the server asks to wait {wait_s / 60:,.0f} minutes"
                )
            raise _Passing(f"HTTP status {error.code}", wait_s)
        if error.code in range(300, 400):
            place = show(error.headers.get("Location") or "nowhere")
            raise HarvestFailed(
                f"{self.url} has moved to {place}; give its new address with --url or "
                "WINNOW_OAI_URL"
            )
        raise HarvestFailed(f"{self.url}: HTTP status {error.code}")


def _is_address(url: str) -> bool:
    """Tell whether a request may be sent to an address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        _ = parts.port
    except ValueError:  # a bracket, a label, a port, a letter that no host has
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(host)
        and _PLAIN.fullmatch(url) is not None
    )


_PLAIN = re.compile("[!-~]+")  # what an address may have; anything else is written as %XX


def _read_pause(text: str | None) -> float:
    """Return the seconds that Retry-After says, as a number or as a date."""
    if not text:
        return 0
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
