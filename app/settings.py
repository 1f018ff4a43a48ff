"""Settings: the name, default and purpose of each; read from WINNOW_… variables."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def split_networks(text: str) -> list[str]:
    """Return the addresses and networks of a setting, one by one."""
    return [part.strip() for part in text.split(",")]


def _check_networks(text: str) -> str:
    for part in split_networks(text):
        ipaddress.ip_network(part, strict=False)
    return text


def _check_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("write an address that begins with https:// or http://")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("write the address of the site, without a path")
    return f"{parts.scheme}://{parts.netloc}"


Networks = Annotated[str, AfterValidator(_check_networks)]
"""Addresses and networks as text, separated by commas."""


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
    oai_url: str = Field(
        default="https://oaipmh.arxiv.org/oai",
        description="The OAI-PMH server that `harvest` asks unless `--url` names one.",
    )
    contact: str | None = Field(
        default=None,
        max_length=200,
        pattern=r"^[ -~]+$",
        description="An address for complaints, which `harvest` names to the server: an "
        "e-mail address or a page.",
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
        default="info",
        description="The lowest level of messages to log; unless it is set, commands "
        "other than `serve` log from `warning` on.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Log lines for people, or JSON objects, one a line."
    )
    access_log: bool = Field(
        default=False,
        description="Whether to log each request: method, route, status, milliseconds; "
        "never a query or an address.",
    )
    rate_limit: int = Field(
        default=0,
        ge=0,
        le=1_000_000,
        description="Requests a minute that each worker answers to one address "
        "(an IPv6 /64 is one); 0 is no limit.",
    )
    trusted_proxies: Networks | None = Field(
        default=None,
        description="Addresses or networks, separated by commas, of the proxies whose "
        "`X-Forwarded-For` is believed; nobody's if unset.",
    )
    public_url: Annotated[str, AfterValidator(_check_address)] | None = Field(
        default=None,
        description="The address that visitors know this service by, such as "
        "`https://papers.example.org`; if unset, that of each request.",
    )
    metrics_from: Networks = Field(
        default="127.0.0.0/8,::1",
        description="Addresses or networks, separated by commas, that may read `/metrics`.",
    )
