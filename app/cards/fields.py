"""The fields of a paper that a request asks for."""

from app.cards.shape import PAPER_FIELDS
from app.web.errors import BadParameter


def parse_fields(text: str | None) -> tuple[str, ...]:
    """Return the fields of papers that a list by commas names. Raises BadParameter."""
    if text is None:
        return PAPER_FIELDS
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in PAPER_FIELDS:
            raise BadParameter(
                f"no paper has a field {name[:40]!r}",
                param="fields",
                hint=f"fields are {', '.join(PAPER_FIELDS)}",
            )
    return names
