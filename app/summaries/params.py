"""Parameters of summaries."""

from pydantic import BaseModel, ConfigDict, Field

from app.web.params import Value


class SummariesParams(BaseModel):
    """Which of a paper's summaries are meant; all of them if nothing is given."""

    model_config = ConfigDict(extra="forbid")

    language: Value = Field(default=None, description="A language tag.", examples=["en"])
    author: Value = Field(default=None, description="Who wrote it, or which model.")
