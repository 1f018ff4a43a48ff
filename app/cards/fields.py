"""The `fields` parameter: which fields of a paper an answer contains."""

from app.cards.shape import PAPER_FIELDS
from app.web.errors import BadParameter


def parse_fields(text: str | None) -> tuple[str, ...]:
    """Parse a comma-separated list of fields; None means all. Raises BadParameter."""
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
