"""The name of a file, read as the title that it was saved under."""

import re
from urllib.parse import unquote

from index.papers.mentions import find_mentions
from index.search.query.lexer import is_plain

_FILE = re.compile(
    r"(?:\S*/)?(?P<name>[^/\\:\"()|*?\n]{3,300}?)(?:\s?\(\d{1,2}\))?\.(?:pdf|djvu|epub|tex|ps)",
    re.IGNORECASE,
)
_GLUE = re.compile(r"[_+-]+|\s+")
_VERSION = re.compile(r"(?P<title>(?:\S+\s){2,}\S+)\sv\d{1,2}", re.IGNORECASE)


def read_file_name(text: str) -> str:
    """Return the words of a file's name, or a text that is none as it is.

    `Attention_Is_All_You_Need.pdf`; a version behind three words or more is left out. An id
    among the words says more than they do.
    """
    found = _FILE.fullmatch(text.strip())
    if not found or not is_plain(text) or find_mentions(text).ids:
        return text
    name = " ".join(_GLUE.sub(" ", unquote(found["name"])).split())
    if ids := find_mentions(name).ids:
        return ids[0].id
    versioned = _VERSION.fullmatch(name)
    return (versioned["title"] if versioned else name) or text
