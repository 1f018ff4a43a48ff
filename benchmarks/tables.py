"""Tables of results: writes Markdown to read and JSON to compare."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def write(
    name: str,
    title: str,
    rows: Sequence[Mapping[str, object]],
    *,
    by: str | None = None,
    **raw: object,
) -> None:
    """Write results/NAME.md and NAME.json, and print the table.

    `by` is the benchmark, where it writes several tables.
    """
    head = list(rows[0])
    lines = [
        f"## {title}",
        "",
        f"{_machine()}. `python -m benchmarks {by or name}`.",
        "",
        "| " + " | ".join(head) + " |",
        "|" + " --- |" * len(head),
        *("| " + " | ".join(_cell(row[c]) for c in head) + " |" for row in rows),
    ]
    text = "\n".join(lines) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text)
    data = {"title": title, "machine": _machine(), "rows": rows, **raw}
    (RESULTS / f"{name}.json").write_text(json.dumps(data, indent=1) + "\n")
    print(text, flush=True)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return the mean, the median and the 90th and 99th percentiles."""
    ranked = sorted(values)

    def percentile(share: float) -> float:
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))]

    return {
        "mean": statistics.fmean(ranked),
        "p50": statistics.median(ranked),
        "p90": percentile(0.9),
        "p99": percentile(0.99),
    }


def _cell(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else f"{value}"


def _machine() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, commit {commit}"
    )
