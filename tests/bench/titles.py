"""Whether a paper whose exact title is typed comes first."""

import random
from urllib.parse import quote

import orjson

from index import Shelf
from tests.bench.corpus import Corpus
from tests.bench.server import Client, serving
from tests.bench.tables import write

SEED = 100
TITLES = 100


def run(corpus: Corpus) -> None:
    """Ask for exact titles drawn at random, through the public API."""
    data = corpus.library()
    library = Shelf(data).library()
    count = library.catalog.count()
    keys = random.Random(SEED).sample(range(1, count + 1), TITLES)
    first, same = 0, 0
    missed = []
    with serving(data) as port:
        client = Client(port)
        for paper in library.catalog.by_keys(keys):
            path = f"/api/search?limit=1&q={quote(paper.title, safe='')}"
            data_ = orjson.loads(client.timed(path)[1])["data"]
            if data_ and data_[0]["id"] == paper.id:
                first += 1
            elif data_ and data_[0]["title"].lower() == paper.title.lower():
                same += 1
            else:
                missed.append(paper.id)
    row = {
        "exact titles": TITLES,
        "the paper comes first": first,
        "a paper of the same title comes first": same,
        "another paper comes first": len(missed),
    }
    write("titles", f"Exact titles among {count:,} papers", [row], missed=missed)
