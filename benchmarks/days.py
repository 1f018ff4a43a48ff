"""Thirty days of June 2026 from the real records, one update each."""

import lzma
import shutil
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from benchmarks.corpus import NEW, OLD, Corpus, winnow
from benchmarks.tables import write
from benchmarks.updating import ask, update
from index import Library, Shelf

FIRST, DAYS = date(2026, 6, 1), 30
_END = FIRST + timedelta(days=DAYS)

Versions = dict[str, str]
"""The last version of each paper, by id."""


def run(corpus: Corpus) -> None:
    """Build the library of May, replay June, and compare with a rebuild of all."""
    base, days, whole = _write_dumps(corpus)
    data = corpus.scratch / "days"
    shutil.rmtree(data, ignore_errors=True)
    winnow("rebuild", base, "--data", data)
    before = ask(data)
    rows = [
        {"day": day.isoformat()} | update(data, dump)
        for day, dump in days.items()
        if dump.stat().st_size
    ]
    after = ask(data)
    found = _read_versions(Shelf(data).library())
    other = corpus.scratch / "days-whole"
    winnow("rebuild", whole, "--data", other)
    expected = _read_versions(Shelf(other).library())
    fresh = ask(other)
    seconds = [float(row["s"]) for row in rows]
    table = [
        _row("papers before, after", f"{rows[0]['before']:,}", f"{rows[-1]['papers']:,}"),
        _row("papers a day, median and most", *_two([r["records"] for r in rows])),
        _row("seconds an update, median and most", *_two(seconds, 1)),
        _row("new MiB on disk, median and most", *_two([r["mib"] for r in rows], 1)),
        _row("search p50 before and after, ms", f"{before:.2f}", f"{after:.2f}"),
        _row("search p50 of a rebuild of all, ms", "—", f"{fresh:.2f}"),
        _row("ids and versions missing, too many", *_differ(found, expected)),
    ]
    title = "June 2026 replayed, one update a day"
    write("days", title, table, days=rows)


def _row(what: str, first: str, second: str) -> dict[str, object]:
    return {"what": what, "first": first, "second": second}


def _two(values: list[Any], places: int = 0) -> tuple[str, str]:
    return f"{statistics.median(values):,.{places}f}", f"{max(values):,.{places}f}"


def _differ(found: Versions, expected: Versions) -> tuple[str, str]:
    lost, more = expected.items() - found.items(), found.items() - expected.items()
    return f"{len(lost):,}", f"{len(more):,}"


def _write_dumps(corpus: Corpus) -> tuple[Path, dict[date, Path], Path]:
    """Write the records as they stood before June, those of each day, and those after.

    A record has the versions that there were; what else it says is as it is now.
    """
    base, whole = corpus.scratch / "may.jsonl", corpus.scratch / "june.jsonl"
    dates = [FIRST + timedelta(days=n) for n in range(DAYS)]
    days = {day: corpus.scratch / f"june-{day.day:02}.jsonl" for day in dates}
    with ExitStack() as opened:
        files = {
            p: opened.enter_context(p.open("wb")) for p in (base, whole, *days.values())
        }
        for record, versions in _read_records(corpus):
            if last := _cut(record, versions, _END):
                files[whole].write(last)
            if early := _cut(record, versions, FIRST):
                files[base].write(early)
            for day in {d for _, d in versions if FIRST <= d < _END}:
                now = _cut(record, versions, day + timedelta(days=1))
                files[days[day]].write(now or b"")
    return base, days, whole


_Dated = list[tuple[dict[str, str], date]]


def _read_records(corpus: Corpus) -> Iterator[tuple[dict[str, Any], _Dated]]:
    for name in (OLD, NEW):
        with lzma.open(corpus.file(name)) as lines:
            for line in lines:
                record = orjson.loads(line)
                yield record, [(v, _read_day(v)) for v in record.get("versions") or ()]


def _read_day(version: dict[str, str]) -> date:
    """Read `Mon, 1 Jun 2026 17:59:59 GMT`, with or without the name of the day."""
    text = version["created"].split(", ")[-1].rsplit(" ", 2)[0]
    return datetime.strptime(text, "%d %b %Y").date()  # noqa: DTZ007  a day


def _cut(record: dict[str, Any], versions: _Dated, end: date) -> bytes | None:
    """Return a record as it stood before a day, None where it was not there."""
    kept = [version for version, day in versions if day < end]
    if not kept:
        return None if versions or end < _END else orjson.dumps(record) + b"\n"
    return orjson.dumps(record | {"versions": kept}) + b"\n"


def _read_versions(library: Library) -> Versions:
    return {
        paper.id: paper.versions[-1].version if paper.versions else ""
        for batch in library.catalog.read_batches(2_000)
        for paper in batch
    }
