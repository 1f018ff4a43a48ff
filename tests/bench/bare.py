"""The peer of a rebuild: a bare tantivy-py loop that indexes the same fields.

Run as a program: `python -m tests.bench.bare DUMP.jsonl DIRECTORY`. It keeps no
catalog, cleans nothing and checks nothing; the schema, threads and heap are ours.
"""

import sys
from pathlib import Path

import orjson

from index.search.fulltext.schema import create_index
from index.search.fulltext.write import HEAP_BYTES, THREADS


def main() -> None:
    """Index a plain dump."""
    dump, directory = map(Path, sys.argv[1:])
    directory.mkdir(parents=True)
    writer = create_index(directory).writer(heap_size=HEAP_BYTES, num_threads=THREADS)
    with dump.open("rb") as lines:
        for key, line in enumerate(lines):
            record = orjson.loads(line)
            title, abstract = record["title"], record["abstract"]
            fields = {
                "all": [title, abstract, record["authors"]],
                "title": title,
                "abstract": abstract,
                "authors": record["authors"],
                "title_key": title,
                "id": record["id"],
                "category": record["categories"].split(),
                "key": key,
                "order": key,
            }
            writer.add_json(orjson.dumps(fields).decode())
    writer.commit()
    writer.wait_merging_threads()


if __name__ == "__main__":
    main()
