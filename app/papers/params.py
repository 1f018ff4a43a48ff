"""Parameters of a batch of papers: their ids."""

from pydantic import BaseModel, ConfigDict, Field

from app.web.params import MAX_BATCH


class BatchRequest(BaseModel):
    """The ids of papers, in any form."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(
        max_length=MAX_BATCH, examples=[["1706.03762", "hep-th/9711200"]]
    )
