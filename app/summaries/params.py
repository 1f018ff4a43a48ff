"""Parameters of summaries."""

from pydantic import BaseModel, ConfigDict, Field

from app.web.params import Value


class SummariesParams(BaseModel):
    """The filter on a paper's summaries; without parameters, all of them."""

    model_config = ConfigDict(extra="forbid")

    language: Value = Field(default=None, description="A language tag.", examples=["en"])
    author: Value = Field(default=None, description="The person or model that wrote it.")
