"""Search: its page, its JSON, suggestions, facets and pager."""
