"""The time that arXiv's API takes for slices of results, the first and the last."""

import re
import statistics
from urllib.parse import urlencode

from benchmarks.corpus import Corpus
from benchmarks.server import Client, serving
from benchmarks.tables import write

MOST = 2_000
TIMES = 5
QUERIES = {
    "cat:cs.LG": "a category",
    "all:electron": "a word",
    "all:graph neural networks for molecules": "bare words",
    "ti:attention AND abs:transformer": "fields",
    'abs:"neural network"': "a phrase",
    "cat:physics*": "an archive",
    "submittedDate:[201706121200 TO 201806121200]": "days and minutes",
}
ORDERS = {
    "relevance": "relevance",
    "submittedDate": "submitted",
    "lastUpdatedDate": "updated",
}

_TOTAL = re.compile(rb"<opensearch:totalResults>(\d+)<")


def run(corpus: Corpus) -> None:
    """Ask for 2,000 papers of the whole library: the first, and the last there are."""
    rows = []
    with serving(corpus.whole_library()) as port:
        client = Client(port)
        for query, kind in QUERIES.items():
            total = _count(client, query)
            row: dict[str, object] = {"query": kind, "papers": total}
            for order, name in ORDERS.items():
                for place, start in (("first", 0), ("last", max(0, total - MOST))):
                    asked = _word(query, order, start)
                    times = [client.timed(asked)[0] for _ in range(TIMES)]
                    row[f"{name}, {place}"] = statistics.median(times)
            rows.append(row)
        rows.append(_ask_for_ids(client))
    title = f"arXiv's API, {MOST:,} papers an answer, one connection, milliseconds"
    write("arxiv-api", title, rows, by="arxiv_api")


def _word(query: str, order: str, start: int, limit: int = MOST) -> str:
    asked = {"search_query": query, "sortBy": order, "start": start, "max_results": limit}
    return f"/api/query?{urlencode(asked)}"


def _count(client: Client, query: str) -> int:
    _, body = client.timed(_word(query, "relevance", 0, 1))
    found = _TOTAL.search(body)
    assert found
    return int(found[1])


def _ask_for_ids(client: Client) -> dict[str, object]:
    """Return the row of an id list, of papers that a query has found before."""
    _, body = client.timed(_word("cat:cs.LG", "relevance", 0, _NAMED))
    ids = re.findall(rb"<id>http://arxiv.org/abs/([^<]+)</id>", body)
    address = f"/api/query?id_list={b','.join(ids).decode()}"
    times = [client.timed(address)[0] for _ in range(TIMES)]
    empty = {
        f"{name}, {place}": "—" for name in ORDERS.values() for place in ("first", "last")
    }
    known = {"query": f"{len(ids):,} ids", "papers": len(ids)}
    return known | empty | {"relevance, first": statistics.median(times)}


_NAMED = 1_000  # ids, of which an address may hold so many
