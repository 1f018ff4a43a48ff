"""Every setting, its default and what it is for; read from WINNOW_… variables."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What two deployments may differ in. All else is a constant beside its use."""

    model_config = SettingsConfigDict(env_prefix="WINNOW_", frozen=True)

    data_dir: Path = Field(default=Path("data"), description="Where snapshots live.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65_535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes that serve.")
    encoder: str = Field(
        default="auto",
        description="What `rebuild` turns texts into vectors with, if it is not told.",
    )
    state_url: str | None = Field(
        default=None,
        description="SQLAlchemy address of the database of summaries and stars; left "
        "out, "
        "`state.db` where snapshots live.",
    )
    token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="What an operator writes summaries over HTTP with; left out, nobody "
        "can.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious messages to log."
    )
