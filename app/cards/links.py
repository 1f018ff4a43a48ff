"""Links in plain text: addresses, arXiv ids and DOIs in abstracts and comments.

Only http and https become links, and no address with a user name in it. What an author
has written leads elsewhere: `rel` says that it is no recommendation of ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from index import ArxivId, BadId, Range, cut_tail, make_doi_url, read_dois, split_marked

_REL = "external nofollow noopener ugc"
_SIGNS = (  # but for a comma before the next address
    r"(?![,;]https?://)[A-Za-z0-9._~:/?#\[\]@!&'()*+,;=%-]|\\[_~%#&-]"
)
_TOP = (
    r"(?:com|org|net|edu|gov|int|io|ai|dev|app|me|co|cc|info|science|online|site|tech|xyz|page"
    r"|cloud|space|[a-z]{2}\.[a-z]{2}|at|au|be|br|ca|ch|cn|cz|de|dk|es|eu|fi|fr|gr|hk|hu|ie|il"
    r"|in|ir|it|jp|kr|nl|no|nz|pl|pt|ru|se|sg|tr|tw|uk|us|za)"
)
_ARCHIVE = r"[a-z]{1,8}(?:-[a-z]{2,5})?(?:\.[a-z-]{2,12})?"
_LINK = re.compile(
    rf"(?P<address>(?:https?://|(?<![\w@])www\.)(?:{_SIGNS})+)"
    rf"|(?P<host>(?<![\w@./-])(?:[a-z0-9-]+\.)+{_TOP}(?::\d+)?/(?:{_SIGNS})+"
    r"|(?<![\w@./-])[a-z0-9-]+\.(?:github|gitlab)\.io\b/?)"
    r"|(?P<doi>(?<![\w./])(?:doi:\s?)?10\.\d{4,9}/(?:[^\s\"<>]|<[^\s<>]*>)+)"
    rf"|(?P<id>(?<![\w.])(?:arxiv[:.]\s?(?:\d{{4}}\.\d{{4,5}}|{_ARCHIVE}/\d{{7}})"
    rf"|{_ARCHIVE}/\d{{7}})(?:v\d{{1,2}})?(?![\w/]|\.\d))",
    re.IGNORECASE | re.ASCII,
)
_SIGNALS = ("/", "rXiv:", "rxiv:", "RXIV:", "rXiv.", "www.", ".io")
"""One of them is in every link. To look for them costs a tenth of looking for links."""

_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_~%#&-])")
_TAIL = ".,;:!?'*"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Link:
    """A link at text[start:end], and where it leads."""

    start: int
    end: int
    url: str


def find_links(text: str) -> list[Link]:
    """Return the links of a text without formulas, in order and disjoint."""
    return [
        link
        for start, end in _find_words(text)
        for match in _LINK.finditer(text, start, end)
        if (link := _read_link(match)) is not None
    ]


def render_linked(text: str, ranges: Sequence[Range]) -> str:
    """Return a text as HTML with its links and with its marks, inside of links too."""
    pieces, end = [], 0
    for link in find_links(text):
        shown = _render(text, link.start, link.end, ranges)
        pieces += [
            _render(text, end, link.start, ranges),
            f'<a href="{escape(link.url)}" rel="{_REL}">{shown}</a>',
        ]
        end = link.end
    return "".join([*pieces, _render(text, end, len(text), ranges)])


def _find_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of words that may hold links, and of the word behind `arXiv:`."""
    end = 0
    for at in sorted({at for signal in _SIGNALS for at in _find_all(text, signal)}):
        if at < end:
            continue
        start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
        end = _end_of_word(text, at)
        if text[end - 1] == ":":
            end = _end_of_word(text, end + 1)
        yield start, end


def _find_all(text: str, signal: str) -> Iterator[int]:
    at = text.find(signal)
    while at >= 0:
        yield at
        at = text.find(signal, at + len(signal))


def _end_of_word(text: str, at: int) -> int:
    ends = (text.find(" ", at), text.find("\n", at))
    return min((end for end in ends if end >= 0), default=len(text))


def _render(text: str, start: int, end: int, ranges: Sequence[Range]) -> str:
    """Return a part of a text with the parts of marks that lie in it."""
    inside = [
        (max(a, start) - start, min(b, end) - start)
        for a, b in ranges
        if a < end and b > start
    ]
    marked = split_marked(text[start:end], inside)
    return "".join(f"<mark>{escape(p)}</mark>" if on else escape(p) for p, on in marked)


def _read_link(match: re.Match[str]) -> Link | None:
    shown = cut_tail(match[0].partition("](")[0], _TAIL, _PAIRS)
    url = _make_url(match.lastgroup or "", shown)
    return Link(match.start(), match.start() + len(shown), url) if url else None


def _make_url(kind: str, shown: str) -> str | None:
    match kind:
        case "id":
            return _make_arxiv_url(shown)
        case "doi":
            return next(map(make_doi_url, read_dois(shown)), None)
    url = _ESCAPED.sub(r"\1", shown)
    if "://" not in url:
        url = f"https://{url}"
    authority = _AUTHORITY.match(url)
    is_host = authority and "." in authority[1].strip(".") and "@" not in authority[1]
    return url if is_host else None


def _make_arxiv_url(shown: str) -> str | None:
    try:
        known = ArxivId.parse(shown.replace(" ", ""))
    except BadId:
        return None
    version = f"v{known.version}" if known.version else ""
    return f"https://arxiv.org/abs/{known.id}{version}"
