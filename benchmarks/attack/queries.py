"""Attacks with queries: the dearest that a few bytes can ask for, each asked once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise, product
from urllib.parse import quote, urlencode

import orjson

from app.web.params import MAX_LIKED
from benchmarks.attack.case import Case, Wire, answered, heading
from benchmarks.server import Client

_ALL = {"limit": 200, "facets": "true", "highlight": "true", "explain": "true"}
_COMMON = (
    "the of and in we is to for that with are this on by as which an can from be at model "
    "results show using based these has have two between time also field it study new data "
    "our system method paper quantum theory one analysis large high energy systems models "
    "problem number used approach not more than state first different order properties case"
).split()
_FIVE = (
    "about above after other there these those where which while study using model field "
    "state value phase given large small order times terms point group local space waves "
    "light spins linear gauge power prove bound graph class error shown shows first third "
    "early later found found among under since still being novel focus along basis cases"
).split()
_BEGUN = ["".join(pair) for pair in product("acdeghilmnoprstu", "aeio")]
_WORDS = "lattice turbulence neutrino galaxies entropy manifold boson graphene plasma qubit"


def _search(text: str, **more: object) -> str:
    return f"/api/search?{urlencode({'q': text, **more})}"


def _page(text: str, **more: object) -> str:
    return f"/search?{urlencode({'q': text, **more})}"


def _either(words: Sequence[str], mark: str = "") -> str:
    return " OR ".join(f"{word}{mark}" for word in words)


def _nested(depth: int) -> str:
    return "(data OR " * depth + "model" + ")" * depth


ADDRESSES = {
    "ordinary: two words": _page("attention transformer"),
    "ordinary: a title": _page("a neural probabilistic language model for graphs"),
    "ordinary: a paragraph of 300 words": _page(" ".join(_COMMON * 5)[:1_900]),
    "ordinary: a paragraph of rare words": _page(f"{_WORDS} " * 30),
    "60 fuzzy words, explained": _search(_either(_FIVE[:60], "~2"), **_ALL),
    "64 prefixes": _search(_either(_BEGUN, "*"), **_ALL),
    "a phrase of 64 common words, slop 99": _search(f'"{" ".join(_COMMON[:64])}"~99'),
    "one word 64 times as a phrase, slop 99": _search(f'"{"quantum " * 64}"~99'),
    '"of the", explained': _search('"of the"', **_ALL),
    "2,000 brackets": _search("(" * 2_000 + "model" + ")" * 1_990),
    "a word of 1,000 brackets": _search("f" + "(a)" * 1_000),
    "12 words, slop 99": _search(f'"{"the of " * 6}"~99'),
    "8 prefixes, a page": _page(_either(_BEGUN[:8], "*")),
    "20 fuzzy words, a page": _page(_either(_FIVE[:20], "~2")),
    "fuzzy words in four fields": _search(
        " OR ".join(f"{f}:{w}~2" for f in ("ti", "abs", "au", "co") for w in _FIVE[:14])
    ),
    "64 common words by OR": _search(_either(_COMMON[:64]), **_ALL),
    "without 30 prefixes": _search(" ".join(f"-{b}*" for b in _BEGUN[:30]), **_ALL),
    "without 30 fuzzy words": _search(" ".join(f"-{w}~2" for w in _FIVE[:30]), **_ALL),
    "30 pairs of common words as phrases": _search(
        " OR ".join(f'"{a} {b}"' for a, b in pairwise(_COMMON)),
        **_ALL,
    ),
    "prefixes of phrases": _search(" OR ".join(f"of-{b}*" for b in _BEGUN[:20]), **_ALL),
    "every paper, by day": _search("-zebra", sort="oldest", **_ALL),
    "every paper of many years": _search("year:1990..2026", **_ALL),
    "days inside of 30 brackets": _search(_nested(15) + " year:2019", **_ALL),
    "DOIs that begin with 10": _search("doi:10.*", **_ALL),
    "Chinese, 60 characters": _search("量子力学" * 15, **_ALL),
    "authors by a prefix": _search(_either([f"au:{b}" for b in _BEGUN], "*")),
    "explained, 200 papers": _search("model", limit=200, explain="true"),
    "64 unknown words": _search(" ".join(f"qz{a}wvx{b}k" for a, b in _BEGUN)),
    "64 misspelt words": _page(" ".join(f"{word}xq" for word in _COMMON if len(word) > 3)),
    "a listing with 40 prefixes": (
        f"/api/listings/cs?date=2026-06&include={quote(' '.join(_BEGUN[:20]))}"
        f"&exclude={quote(' '.join(_BEGUN[20:40]))}"
    ),
    "a month by preference": (
        f"/api/listings/cs?date=2026-06&order=preference&limit=200&keywords="
        f"{quote(','.join(_COMMON[:40]))}"
    ),
    "a suggestion of two letters": "/api/suggest?q=th&limit=20",
    "a suggestion of common words": "/api/suggest?q=of+the+in+mo&limit=20",
}
"""Addresses by name."""


def _ask(path: str, wire: Wire) -> str:
    client = Client(wire.port)
    start = time.perf_counter()
    wire.sent += len(path)
    status, body = client.get(path)
    elapsed = time.perf_counter() - start
    return f"{status}, {len(body) / 1e3:,.0f} kB, {elapsed:.2f} s"


def _keywords(wire: Wire) -> str:
    """Ask for the keywords of a text of 99 kB."""
    body = orjson.dumps({"text": " ".join(_COMMON * 300)[:99_000]})
    length = ("Content-Type: application/json", f"Content-Length: {len(body)}")
    connection = wire.open()
    wire.send(connection, heading("/api/keywords", *length, method="POST") + body)
    return answered(connection)


def _beside_dear_ones(wire: Wire) -> str:
    """Eight connections repeat the dearest searches that are accepted."""
    dear = _either(_FIVE[:12], "~2")
    return _beside(wire, lambda more: _page(f"{dear} {more}"))


def _beside_large_answers(wire: Wire) -> str:
    """Eight connections ask for 200 papers each."""
    shown = {"limit": 200, "facets": "true", "highlight": "true"}
    return _beside(wire, lambda more: _search(f"model {more}", **shown))


def _beside_related(wire: Wire) -> str:
    """Eight connections ask what is related to many papers, each by many."""
    many = _find_crowded(wire)

    def make(more: str) -> str:
        number = int(more.split("x", 1)[0])
        some = [many[(number + n) % len(many)] for n in range(min(MAX_LIKED, len(many)))]
        return f"/api/related?like={','.join(some)}&limit=100"

    return _beside(wire, make)


def _find_crowded(wire: Wire) -> list[str]:
    """Return the ids of papers by many, found by who stands first in some of them."""
    client, ids = Client(wire.port), list[str]()
    for first in ("Abbott_B", "Aaij_R", "Adam_J", "Abe_K", "Aubert_B", "Adams_J"):
        _, body = client.get(_search(f"au:{first}", limit=200, fields="id"))
        ids += [paper["id"] for paper in orjson.loads(body)["data"]]
    return list(dict.fromkeys(ids))


def _beside(wire: Wire, make: Callable[[str], str]) -> str:
    """Repeat what eight connections ask for, each time with another word.

    A stranger's searches are timed meanwhile.
    """
    quiet = _p99(wire, "quiet")
    stop = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(_repeat, wire.port, make, n, stop) for n in range(8)]
        beside = _p99(wire, "beside")
        stop.set()
        said = sum((one.result() for one in asked), Counter())
    counts = ", ".join(f"{status} × {count}" for status, count in sorted(said.items()))
    return f"p99 {quiet:.0f} ms quiet, {beside:.0f} ms beside; the others: {counts}"


def _repeat(
    port: int, make: Callable[[str], str], client: int, stop: threading.Event
) -> Counter[int]:
    said, number = Counter(), 0
    while not stop.is_set():
        number += 1
        said[Client(port).get(make(f"{number}x{client}"))[0]] += 1
    return said


def _p99(wire: Wire, word: str) -> float:
    client, words = Client(wire.port), _WORDS.split()
    pairs = [f"{a} {b} {word}" for a in words for b in _COMMON[40:50]]
    return sorted(client.timed(_page(pair))[0] for pair in pairs)[-2]


def _case(name: str, path: str) -> Case:
    return Case(name=name, attack=partial(_ask, path), needs_all_of_arxiv=True)


CASES = (
    *(_case(name, path) for name, path in ADDRESSES.items()),
    Case(
        name="an ordinary search beside eight dear ones",
        attack=_beside_dear_ones,
        needs_all_of_arxiv=True,
    ),
    Case(
        name="an ordinary search beside eight large answers",
        attack=_beside_large_answers,
        needs_all_of_arxiv=True,
    ),
    Case(
        name="an ordinary search beside eight for related papers",
        attack=_beside_related,
        needs_all_of_arxiv=True,
    ),
    Case(name="keywords of 99 kB", attack=_keywords, needs_all_of_arxiv=True),
)
