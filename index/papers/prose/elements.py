"""Elements and entities of HTML in prose: `<sup>2</sup>`, `<br>`, `&nbsp;`, `&#8217;`."""

import html
import re
from html.entities import html5

from index.papers.prose.addresses import unescape_address, write_link
from index.papers.prose.held import Held
from index.papers.prose.raised import write_lowered, write_raised

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_OPEN_ENTITY = re.compile(
    r"&(plusmn|ndash|mdash|times|deg|micro|nbsp|rsquo|lsquo|rdquo|ldquo)(?![a-z;])"
)
_MOST_TIMES = 3
"""How often an entity may have been escaped."""

_RAISED = re.compile(
    r"<(?P<name>sup|sub)>(?P<inside>[^<>]{1,80})</(?P=name)>", re.IGNORECASE
)
_LINK = re.compile(
    r"<a\s[^<>]{0,100}?href\s*=\s*[\"']?(?P<address>[^\"'<>\s]{1,2000})[\"']?[^<>]{0,200}>"
    r"(?P<words>[^<>]{0,500})</a\s*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?br\s*/?>|</(?:p|div|li|tr|h[1-6])>(?=.)", re.IGNORECASE)
_STYLED = re.compile(
    r"<(?P<name>i|b|u|em|strong|tt|code|small|span|div|p|font|ul|ol|li|sc|italic|bold|center"
    r"|h[1-6])"
    r"(?:\s[^<>]{0,200})?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6"))
_JATS = re.compile(
    r"</?(?:jats|mml):?[A-Za-z-]*(?:\s[^<>]{0,300})?/?>|</?(?:inline-formula|tex-math)>"
)


def write_elements(text: str, held: Held) -> str:
    """Return prose without elements of HTML, entities as the signs they name."""
    if "&" in text:
        text = _unescape(text)
    if "<" not in text:
        return text
    text = _LINK.sub(
        lambda link: write_link(
            link["words"],
            unescape_address(held.release(link["address"])),
            held,
        ),
        text,
    )
    text = _RAISED.sub(lambda match: _write_raised(match, held), text)
    text = _JATS.sub("", text)
    text = _drop_styles(text)
    return _BREAK.sub(" ", text)


def _unescape(text: str) -> str:
    for _ in range(_MOST_TIMES):
        plain = _ENTITY.sub(_name_sign, text)
        if plain == text:
            break
        text = plain
    return _OPEN_ENTITY.sub(lambda match: html.unescape(f"&{match[1]};"), text)


def _name_sign(entity: re.Match[str]) -> str:
    written = entity[0]
    if written[1] != "#" and written[1:] not in html5:
        return written
    sign = html.unescape(written)
    if sign.isprintable():
        return sign
    return "" if sign in ("\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff") else " "


def _write_raised(match: re.Match[str], held: Held) -> str:
    write = write_raised if match["name"].lower() == "sup" else write_lowered
    return write(match["inside"], held)


def _drop_styles(text: str) -> str:
    """Drop the tags of elements that are both opened and closed: `<i>` alone is a mean."""
    lower = text.lower()
    for name in {match["name"].lower() for match in _STYLED.finditer(text)}:
        if f"</{name}>" in lower:
            tag = rf"<{name}(?:\s[^<>]{{0,200}})?>|</{name}>"
            text = re.sub(tag, " " if name in _BLOCKS else "", text, flags=re.IGNORECASE)
    return text
