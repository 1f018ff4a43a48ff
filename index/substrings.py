"""Quick looks at texts that mostly have nothing of what is looked for."""

from collections.abc import Iterable


def has_any(text: str, parts: Iterable[str]) -> bool:
    """Tell whether a text has one of some parts."""
    for part in parts:  # noqa: SIM110  any() takes twice the time
        if part in text:
            return True
    return False
