"""Asking a library in one call, as most tests do."""

from index import Search, Window


def find(library, text, *, limit=50, offset=0, cursor=None, **search):
    """What a library finds for a text; `search` may narrow, sort and choose a mode."""
    window = Window(limit=limit, offset=offset, cursor=cursor)
    return library.finder.find(Search(text, **search), window)
