"""Papers by id as JSON."""

from pydantic import BaseModel

from app.cards.shape import PaperShape


class BatchAnswer(BaseModel):
    """The papers in the order asked for; null for an id that is not here."""

    data: list[PaperShape | None]
