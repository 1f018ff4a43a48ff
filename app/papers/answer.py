"""Papers by id as JSON."""

from pydantic import BaseModel

from app.cards.shape import PaperShape


class BatchAnswer(BaseModel):
    """The papers in the order given; null for an unknown id."""

    data: list[PaperShape | None]
