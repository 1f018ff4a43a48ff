"""The commands that serve: pages and the API over HTTP, tools for one agent over pipes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click

from app.cli.options import DATA, read_settings
from app.mcp.extra import GET_MCP, is_installed
from app.serving.processes import run_service
from app.settings import Settings
from app.web.watch.logs import make_log_config

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The directory that holds the snapshots.",
)
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that serve.")
def serve(
    data: Path | None, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the pages and the JSON API. A new snapshot is noticed without a restart."""
    given = {"data_dir": data, "host": host, "port": port, "workers": workers}
    wanted = {name: value for name, value in given.items() if value is not None}
    settings = Settings.model_validate(read_settings().model_dump() | wanted)
    os.environ["WINNOW_DATA_DIR"] = str(settings.data_dir)  # for the worker processes
    with _share_metrics(settings.workers):
        log_config = make_log_config(settings.log_level, settings.log_format)
        run_service("app.main:create_app", settings, log_config)


@click.command()
@DATA
def mcp(data: Path) -> None:
    """Answer one agent on standard input and output (Model Context Protocol).

    A program that starts it gets the same tools as from /mcp of a server; none need run.
    """
    if not is_installed():
        raise click.ClickException(f"the extra `mcp` is not installed; {GET_MCP}")
    settings = read_settings().model_copy(update={"data_dir": data})
    import_module("app.mcp.transports").serve_stdio(settings)


@contextmanager
def _share_metrics(workers: int) -> Iterator[None]:
    """Give several workers a directory where each writes its metrics."""
    if workers == 1 or _DIRECTORY in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="winnow-metrics-") as directory:
        os.environ[_DIRECTORY] = directory
        try:
            yield
        finally:
            del os.environ[_DIRECTORY]
