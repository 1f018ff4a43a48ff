"""The peer of a rebuild: a bare tantivy-py loop that indexes the same fields.

Run as a program: `python -m benchmarks.bare DUMP.jsonl DIRECTORY`. It keeps no
catalog, cleans nothing and checks nothing; the schema, threads and heap are ours.
"""

import sys
from pathlib import Path

import orjson

from index.search.tantivy.schema import create_index
from index.search.tantivy.write import HEAP_BYTES, THREADS

_KEYS = 5  # that most names have
_MAY_BE_MISSING = {"doi": "doi", "comments": "comments", "journal": "journal-ref"}


def main() -> None:
    """Index a plain dump."""
    dump, directory = map(Path, sys.argv[1:])
    directory.mkdir(parents=True)
    writer = create_index(directory).writer(heap_size=HEAP_BYTES, num_threads=THREADS)
    with dump.open("rb") as lines:
        for key, line in enumerate(lines):
            record = orjson.loads(line)
            title, abstract = record["title"], record["abstract"]
            names = record["authors"].split(", ")
            fields = {
                "all": [title, abstract, record["authors"]],
                "title": title,
                "abstract": abstract,
                "title_words": title,
                "abstract_words": abstract,
                "authors": names,
                "author": names * _KEYS,
                "author_name": names * 2,
                "title_key": title,
                "id": record["id"],
                "category": record["categories"].split(),
                "key": key,
                "order": key,
                "year": 2000,
            }
            fields |= {
                ours: record[theirs]
                for ours, theirs in _MAY_BE_MISSING.items()
                if record.get(theirs)
            }
            writer.add_json(orjson.dumps(fields).decode())
    writer.commit()
    writer.wait_merging_threads()


if __name__ == "__main__":
    main()
