"""The page that Prometheus scrapes: how requests, the engine and the snapshot are doing."""

import time
from collections.abc import Iterator
from datetime import datetime

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException

from app.site.health import ProberDep
from app.site.prober import NotReady
from app.web.clients.address import is_direct_from
from app.web.watch.metrics import Metrics
from index import Manifest, Outcome, Shelf

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def show_metrics(request: Request, prober: ProberDep) -> Response:
    """Show all metrics to those who may read them (WINNOW_METRICS_FROM)."""
    if not is_direct_from(request.scope, request.state.metrics_from):
        raise HTTPException(403, "metrics are not shown to this address")
    kept: Metrics = request.state.metrics
    snapshot = SnapshotCollector(request.state.shelf)
    try:
        text = await prober.run(lambda: kept.exposition(snapshot))
    except NotReady as error:
        raise HTTPException(503, str(error)) from None
    headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    return Response(text, headers=headers)


class SnapshotCollector(Collector):
    """Reads the open snapshot's manifest: its age, its papers, how it was built."""

    def __init__(self, shelf: Shelf) -> None:
        """Take the shelf."""
        self._shelf = shelf

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of the snapshot that is open, if there is one."""
        yield _make_gauge(
            "winnow_snapshot_refused",
            "Whether a snapshot was published that cannot be opened.",
            float(bool(self._shelf.problem)),
        )
        if (build := self._shelf.last_build) is not None:
            yield from _describe_outcome(build)
        library = self._shelf.held
        if library is not None:
            yield from _describe(library.manifest)


def _describe_outcome(build: Outcome) -> Iterator[Metric]:
    ended = GaugeMetricFamily(
        "winnow_last_build_timestamp_seconds",
        "When the last build ended, by result: published, or an error.",
        labels=["result"],
    )
    ended.add_metric([build.result], build.ended)
    yield ended
    published = float(build.result == "published")
    yield _make_gauge("winnow_last_build_published", "Whether it was published.", published)
    yield _make_gauge("winnow_last_build_seconds", "Seconds that it took.", build.seconds)


def _describe(manifest: Manifest) -> Iterator[Metric]:
    created = datetime.fromisoformat(manifest.created).timestamp()
    about = {"name": manifest.name, "command": manifest.command}
    about["encoder"] = manifest.encoder.name
    yield InfoMetricFamily("winnow_snapshot", "The snapshot that is served.", about)
    age = max(0.0, time.time() - created)
    yield _make_gauge("winnow_snapshot_age_seconds", "Since the snapshot was built.", age)
    yield _make_gauge("winnow_papers", "Papers of the snapshot.", manifest.papers)
    size = sum(file.bytes for file in manifest.files.values())
    yield _make_gauge("winnow_snapshot_bytes", "Bytes of the snapshot on disk.", size)
    yield from _describe_build(manifest)


def _describe_build(manifest: Manifest) -> Iterator[Metric]:
    """Yield what came of the last build that was published."""
    stages = GaugeMetricFamily(
        "winnow_build_stage_seconds", "Seconds of the build's stages.", labels=["stage"]
    )
    for stage in manifest.stages:
        stages.add_metric([stage.stage], stage.seconds)
    yield stages
    records = GaugeMetricFamily(
        "winnow_build_records", "Records of the build's dump, by result.", labels=["result"]
    )
    records.add_metric(["kept"], manifest.kept)
    records.add_metric(["repeated"], manifest.repeated)
    for reason, count in manifest.skipped.items():
        records.add_metric([f"skipped: {reason}"], count)
    yield records


def _make_gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value)
