"""Runs the benchmarks named, or all of them."""

import argparse
import tempfile
from pathlib import Path

from benchmarks import (
    arxiv_api,
    attack,
    crash,
    days,
    earlier,
    engine,
    fields,
    growth,
    halves,
    http,
    installing,
    keywords,
    markdown,
    millions,
    names,
    neighbours,
    opening,
    prose,
    rebuild,
    related,
    relevance,
    robustness,
    shipped,
    sifting,
    skimming,
    soak,
    speed,
    stillness,
    thousand,
    year,
)
from benchmarks.corpus import Corpus

BENCHMARKS = {
    "engine": engine.run,
    "http": http.run,
    "speed": speed.run,
    "soak": soak.run,
    "arxiv_api": arxiv_api.run,
    "relevance": relevance.run,
    "growth": growth.run,
    "names": names.run,
    "fields": fields.run,
    "keywords": keywords.run,
    "halves": halves.run,
    "related": related.run,
    "shipped": shipped.run,
    "opening": opening.run,
    "neighbours": neighbours.run,
    "prose": prose.run,
    "markdown": markdown.run,
    "sifting": sifting.run,
    "skimming": skimming.run,
    "stillness": stillness.run,
    "robustness": robustness.run,
    "attack": attack.run,
    "installing": installing.run,
    "rebuild": rebuild.run,
    "millions": millions.run,
    "crash": crash.run,
    "days": days.run,
    "thousand": thousand.run,
    "earlier": earlier.run,
    "year": year.run,
}


def main() -> None:
    """Run benchmarks over the real data."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--scratch", type=Path, help="where to build; kept if given")
    names = (args := parser.parse_args()).names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="winnow-bench-") as temporary:
        corpus = Corpus(args.scratch or Path(temporary))
        for name in names:
            BENCHMARKS[name](corpus)


if __name__ == "__main__":
    main()
