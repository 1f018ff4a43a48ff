"""A pasted query: one that was copied out of an address, and is still encoded."""

import re
from urllib.parse import unquote

_JOINED = re.compile(r"\+(?:AND|OR|ANDNOT|NOT|TO)\+|%(?:20|22|28|29|3A|5B|5D)")
_PLUS = re.compile(r"(?<!\+)\+(?!\+)")


def read_pasted(text: str) -> str:
    """Return a query of an address as it was meant; any other text as it is.

    `au:del_maestro+AND+ti:%22quantum+criticality%22`: pluses are spaces, unless two of
    them stand together (C++).
    """
    return unquote(_PLUS.sub(" ", text)) if _JOINED.search(text) else text
