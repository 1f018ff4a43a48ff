"""The JSON shapes of errors and notices, the same for every route."""

from pydantic import BaseModel, Field


class ErrorShape(BaseModel):
    """An error: its code, its message, and a hint for mending it."""

    error: str = Field(examples=["invalid_parameter"])
    message: str
    param: str | None
    hint: str | None


class NoticeShape(BaseModel):
    """A notice about an answer: a code, and its parameters."""

    code: str = Field(examples=["relaxed"])
    params: dict[str, str | int]
