"""Libraries built from records, for tests that share them."""

import json

from index import Dump, rebuild


def unwatched(*_):
    """A build that nobody watches."""


def build_data(records, directory, **options):
    """Write records as a dump and rebuild from it; return the data directory."""
    dump = directory / "dump.jsonl"
    dump.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    with Dump.open(dump) as opened:
        rebuild(opened, directory / "data", watch=unwatched, **options)
    return directory / "data"
