"""Halves: papers with a keyword that is cut out of a word, and keywords people assigned.

The check knows nothing of the extractor: it looks a keyword up in the paper's text and asks
what stands beside it. A keyword is cut where something is tied to it at every place.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from benchmarks.corpus import SAMPLE, Corpus
from benchmarks.keywords import scores
from benchmarks.tables import write
from index.meaning.keywords.extractor import KeywordExtractor
from index.papers.paper import Paper
from index.sources.bad_record import BadRecord
from index.sources.record import read_record

_LOOKED_AT = 5_000
_INSPEC = "eval/keyphrase/inspec-validation.jsonl"
_WORDS = re.compile(r"\w+")
_TIED_BEFORE = re.compile(
    r"(?:[\w$^\\*+@#&%°′-]|[^\s(\[{\"“‘'—,;:][-‐‑–]|(?:\d|\b\w)/|(?<=\w)\.)\Z"
)
_TIED_AFTER = re.compile(
    r"[\w$^\\*+@#&°′⁺⁻]|[-‐‑–]\S|/(?:\d|\w\b)|(?<=\d)/\w|\.(?=[a-z\d])"
    r"|(?<=\b[\w]{1})\([^\s()]{1,8}\)|(?<=\b[A-Z]{2})\([^\s()]{1,8}\)"
)
_CONTEXT = 6


def run(corpus: Corpus) -> None:
    """Count the papers with a cut keyword among the first of the sample."""
    extractor = KeywordExtractor(_count(corpus).__getitem__)
    found = list(find_cut(corpus, extractor))
    with corpus.file(_INSPEC).open() as lines:
        documents = [json.loads(line) for line in lines]
    assigned = [
        [k.text for k in extractor.extract(d["title"], d["abstract"])] for d in documents
    ]
    row: dict[str, object] = {
        "papers": f"{_LOOKED_AT:,}",
        "with a cut keyword": len(found),
        "share": f"{100 * len(found) / _LOOKED_AT:.2f} %",
        "Inspec, F@10": scores(assigned, documents)["F@10 all"],
    }
    write("halves", "Papers with a keyword cut out of a word", [row])


def find_cut(
    corpus: Corpus, extractor: KeywordExtractor
) -> Iterator[tuple[Paper, list[str]]]:
    """Yield the papers with cut keywords, and those."""
    for paper in islice(_read(corpus), _LOOKED_AT):
        text = f"{paper.title}\n{paper.abstract}"
        keywords = [k.text for k in extractor.extract(paper.title, paper.abstract)]
        if cut := [word for word in keywords if is_cut(word, text)]:
            yield paper, cut


def is_cut(keyword: str, text: str) -> bool:
    """Tell whether something is tied to a keyword wherever a text has it."""
    words = r"(?:['’]s)?\s+".join(map(re.escape, keyword.split()))
    places = list(re.finditer(words, text, re.IGNORECASE))
    return bool(places) and all(_is_tied(text, place) for place in places)


def _is_tied(text: str, place: re.Match[str]) -> bool:
    before = text[max(0, place.start() - _CONTEXT) : place.start()]
    return bool(_TIED_BEFORE.search(before) or _TIED_AFTER.match(text, place.end()))


def _read(corpus: Corpus) -> Iterator[Paper]:
    with gzip.open(corpus.file(SAMPLE)) as lines:
        for line in lines:
            try:
                yield read_record(line)
            except BadRecord:
                continue


def _count(corpus: Corpus) -> "_Counts":
    titles, abstracts = Counter[str](), Counter[str]()
    for paper in _read(corpus):
        titles.update(set(_WORDS.findall(paper.title.lower())))
        abstracts.update(set(_WORDS.findall(paper.abstract.lower())))
    return _Counts(titles, abstracts)


class _Counts:
    """How many titles and abstracts have each word."""

    def __init__(self, titles: Counter[str], abstracts: Counter[str]) -> None:
        self._titles, self._abstracts = titles, abstracts

    def __getitem__(self, word: str) -> tuple[int, int]:
        return self._titles[word], self._abstracts[word]
