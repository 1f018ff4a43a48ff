"""Robustness: looks for requests that cause a server error or take a second."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from benchmarks.corpus import Corpus
from benchmarks.kinds import telling
from benchmarks.server import Client, serving
from benchmarks.tables import spread, write
from index import Library, Shelf

SEED = 2026
QUERIES = 40_000
SLOW_MS = 1_000.0
_SCHEMATHESIS_S = 300

PIECES = (
    *(
        '"',
        "'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "-",
        "--",
        "~",
        "*",
        "?",
        "$",
        "\\",
        "^",
    ),
    *(
        " OR ",
        " AND ",
        " NOT ",
        " ANDNOT ",
        " | ",
        " -",
        "ti:",
        "au:",
        "abs:",
        "cat:",
        "co:",
    ),
    *(
        "jr:",
        "id:",
        "doi:",
        "all:",
        "year:",
        "after:",
        "before:",
        "submittedDate:[",
        " TO ",
    ),
    *("cs.LG", "cs.*", "2019..2021", "2019-13", "1706.03762", "hep-th/9711200", "10.1103/"),
    *("~1", "~2", "~99", "a*", "th*", "$\\ell_1$", "\\'e", '{\\"o}', "C++", "C#", "SU(2)"),
    *(
        "量子力学",
        "量",
        "の",
        "가나다",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ﬁ",
        "🙂",
        "👩‍🔬",
        "\u202e",
        "\u200b",
    ),
    *(
        "\x00",
        "\x1b",
        "\n",
        "\t",
        "（",
        "）",
        "：",
        "“",
        "”",
        "the",
        "of",
        "to be or not to be",
    ),
    *(
        "שלום",
        "مرحبا",
        "ไทย",
        "<script>",
        "&amp;",
        "%00",
        "../",
        "http://",
        "a" * 90,
        "1e9",
    ),
)


def run(corpus: Corpus) -> None:
    """Send made-up queries to pages and API, then let schemathesis try."""
    data = corpus.whole_library()
    library = Shelf(data).library()
    chance = random.Random(SEED)
    with serving(data) as port:
        client = Client(port)
        answers = [_ask(client, path) for path in _paths(library, chance)]
        times = [elapsed for _, elapsed, _ in answers]
        statuses = [status for status, _, _ in answers]
        failed = _schemathesis(port)
    found = spread(times)
    slowest = sorted(answers, key=lambda answer: -answer[1])[:20]
    row = {
        "requests": len(answers),
        "5xx": sum(status >= 500 for status in statuses),
        "400, with a sentence": sum(status == 400 for status in statuses),
        "over 1 s": sum(elapsed > SLOW_MS for elapsed in times),
        "p50, ms": found["p50"],
        "p99, ms": found["p99"],
        "slowest, ms": max(times),
        "schemathesis": failed,
    }
    title = f"{QUERIES:,} made-up queries, and schemathesis over the OpenAPI description"
    write("robustness", title, [row], slowest=[[t, path[:200]] for _, t, path in slowest])


def _ask(client: Client, path: str) -> tuple[int, float, str]:
    start = time.perf_counter()
    status, _ = client.get(path)
    return status, (time.perf_counter() - start) * 1_000, path


def _paths(library: Library, chance: random.Random) -> Iterator[str]:
    """Yield addresses: half of them pages, half answers with all that can be asked."""
    papers = library.catalog.sample(2_000)
    words = sorted({word for _, paper in papers for word in telling(paper.abstract)})
    for number in range(QUERIES):
        text = _text(words, chance)
        asked = {"q": text} | _filters(chance)
        if number % 2:
            yield f"/search?{_encoded(asked)}"
        else:
            yield f"/api/search?facets=1&highlight=1&explain=1&{_encoded(asked)}"


def _text(words: list[str], chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.choice((1, 2, 3, 5, 8, 13, 40))):
        pieces.append(
            chance.choice(words) if chance.random() < 0.5 else chance.choice(PIECES)
        )
        pieces.append(chance.choice(("", " ", " ", " ")))
    return "".join(pieces)[:4_000]


def _filters(chance: random.Random) -> dict[str, str]:
    if chance.random() < 0.7:
        return {}
    values = {
        "cat": ("cs", "cs.LG,stat.ML", "nope", ""),
        "year": ("2019", "2015..2019", "x", "9999"),
        "after": ("2019-03", "0000", ""),
        "author": ("Hawking, S", "_", "量"),
        "has": ("doi",),
        "sort": ("newest", "oldest"),
    }
    names = chance.sample(sorted(values), chance.randint(1, 3))
    return {name: chance.choice(values[name]) for name in names}


def _encoded(asked: dict[str, str]) -> str:
    return urlencode(asked, quote_via=quote, errors="surrogatepass")


def _schemathesis(port: int) -> str:
    """Return what schemathesis says in its last line."""
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run"),
        f"http://127.0.0.1:{port}/api/openapi.json",
        f"--max-time={_SCHEMATHESIS_S}",
        (
            "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
            "response_schema_conformance"
        ),
        "--max-response-time=2.0",
        f"--seed={SEED}",
        "--no-color",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.strip(" =")]
    verdict = "no failure" if done.returncode == 0 else f"exit {done.returncode}"
    return f"{verdict}: {lines[-1].strip(' =')}" if lines else verdict
