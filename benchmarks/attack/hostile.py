"""A dump by hostile authors: what a paper may be at its worst, and a library of it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import winnow

CROWD = 120
AUTHORS = 3_000
LONG = 2_400_000
"""Papers of one collaboration, its authors, and characters of an abstract."""


def hostile_library(scratch: Path) -> Path:
    """Return a data directory with the hostile papers, built if there is none."""
    data = scratch / "hostile"
    if not (data / "CURRENT").exists():
        shutil.rmtree(data, ignore_errors=True)
        dump = scratch / "hostile.jsonl"
        dump.write_text("".join(f"{json.dumps(one)}\n" for one in _records()))
        winnow("rebuild", dump, "--data", data, "--encoder", "none")
    return data


def _records() -> Iterator[dict[str, object]]:
    for number in range(1, CROWD + 1):
        house = f"of{number}" if number % 2 else ""  # every other one is by strangers
        people = ", ".join(f"Given{n}{house} Family{n}" for n in range(AUTHORS))
        yield _record(f"2401.{number:05}", people, "A measurement of the cross section.")
    for number in range(1, 31):
        yield _record(f"2402.{number:05}", "Ada Lovelace", _plain(number))
    yield _record("2403.00001", "Ada Lovelace", "$a$ monster " * (LONG // 12))


def _record(paper_id: str, authors: str, abstract: str) -> dict[str, object]:
    return {
        "id": paper_id,
        "title": f"Paper {paper_id} of a collaboration",
        "authors": authors,
        "abstract": abstract,
        "categories": "hep-ex",
        "update_date": "2024-01-02",
    }


def _plain(number: int) -> str:
    return f"We study the lattice number {number} and its spectrum of masses. " * 20
