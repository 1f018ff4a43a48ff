"""Settings: the name, default and purpose of each; read from WINNOW_… variables."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Values that may differ between deployments. All others are constants."""

    model_config = SettingsConfigDict(env_prefix="WINNOW_", frozen=True)

    data_dir: Path = Field(
        default=Path("data"), description="The directory that holds the snapshots."
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="The port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="How many processes serve.")
    encoder: str = Field(
        default="auto",
        description="The encoder that `rebuild` uses unless `--encoder` names one.",
    )
    state_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the database of summaries and stars; "
        "`state.db` in the data directory if unset.",
    )
    token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Bearer token for writing summaries over HTTP, at least 16 "
        "characters; if unset, nobody can.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The lowest level of messages to log."
    )
