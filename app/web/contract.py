"""The shapes of errors and notices, the same for every route."""

from pydantic import BaseModel, Field


class ErrorShape(BaseModel):
    """What went wrong, and what to do about it."""

    error: str = Field(examples=["invalid_parameter"])
    message: str
    param: str | None
    hint: str | None


class NoticeShape(BaseModel):
    """Something to know about an answer: a code, and its parameters."""

    code: str = Field(examples=["relaxed"])
    params: dict[str, str | int]
