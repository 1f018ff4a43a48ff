"""Addresses in prose: kept whole, and written after the words that were a link."""

import re

from index.papers.prose.held import HELD, Held

ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)(?:\\[_%#&~$]|[^\s{}<>\\\"`|^])+", re.IGNORECASE
)
_TRAILING = ".,;:!?'’”)]"
_ESCAPED = re.compile(
    r"\\([_%#&~$])|\{([_~%]?)\}|\\(?:textasciitilde|string)(?:\{\}|\s|(?=~))"
)
_SCHEME = re.compile(r"^[a-z]+://(?:www\.)?|/$", re.IGNORECASE)
_HELD = re.compile(f"[{HELD}]")


def hold_addresses(text: str, held: Held) -> str:
    """Keep the addresses of a text aside, without the punctuation behind them."""
    return ADDRESS.sub(lambda match: _hold(match[0], held), text)


def _hold(address: str, held: Held) -> str:
    tail = address[len(address.rstrip(_TRAILING)) :]
    if tail.startswith(")") and address.count("(") >= address.count(")"):
        tail = tail[1:]
    body = address[: len(address) - len(tail)]
    return held.hold(unescape_address(body)) + tail if body else address


def unescape_address(address: str) -> str:
    r"""Return an address without the escapes that TeX needs in one: `\_` and its kin."""
    return _ESCAPED.sub(_unescape, address.strip())


def _unescape(match: re.Match[str]) -> str:
    return match[1] or match[2] or ("" if match[0].startswith("{") else "~")


def write_link(words: str, address: str, held: Held) -> str:
    """Return words that were a link, and its address; the address alone if both say it."""
    words, shown = words.strip(), held.hold(address)
    if not words or _bare(held.release(words)) == _bare(address):
        return shown
    if not address or address.startswith("#"):
        return words
    if _HELD.search(words) and ADDRESS.search(held.release(words)):
        return words
    return f"{words} ({shown})"


def _bare(address: str) -> str:
    return _SCHEME.sub("", unescape_address(address)).rstrip("/").lower()
