"""Keywords compared with those people assigned (Inspec), beside the usual methods."""

import json
import math
import re
import time
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache

import snowballstemmer

from benchmarks.corpus import Corpus
from benchmarks.tables import write
from index import Library, Shelf
from index.meaning.encoders.sentences import find_minilm
from index.meaning.keywords.candidates import find_candidates

_WORD = re.compile(r"\w+")
_MOST = 10
_STEMMER = snowballstemmer.stemmer("porter")

Extract = Callable[[str, str], Sequence[str]]
"""Returns ten keywords of a title and an abstract, best first."""


def run(corpus: Corpus) -> None:
    """Measure all methods over the 500 abstracts, one core, one after the other."""
    library = Shelf(corpus.library()).library()
    with corpus.file("eval/keyphrase/inspec-validation.jsonl").open() as lines:
        documents = [json.loads(line) for line in lines]
    rows = []
    for name, extract in _methods(library).items():
        print(name, flush=True)
        extract(documents[0]["title"], documents[0]["abstract"])
        start = time.perf_counter()
        found = [extract(d["title"], d["abstract"]) for d in documents]
        elapsed = (time.perf_counter() - start) * 1_000 / len(documents)
        rows.append({"method": name} | scores(found, documents) | {"ms a paper": elapsed})
    write("keywords", "Keywords of Inspec's validation set, exact match of stems", rows)


def _methods(library: Library) -> dict[str, Extract]:
    extractor = library.extractor
    bare = type(extractor)(lambda _: (0, 0))
    rarity = _rarity(library)
    return {
        "Winnow": lambda t, a: [k.text for k in extractor.extract(t, a)],
        "Winnow without a corpus": lambda t, a: [k.text for k in bare.extract(t, a)],
        "TF-IDF words (Cool Papers)": lambda t, a: _tf_idf_words(f"{t}. {a}", rarity),
        "TF-IDF of our noun phrases": lambda t, a: _tf_idf_phrases(f"{t}. {a}", rarity),
        "YAKE": _yake(),
        "TextRank (summa)": _textrank,
        "KeyBERT with MiniLM": _keybert(),
    }


def _rarity(library: Library) -> Callable[[str], float]:
    papers = library.catalog.count()

    @lru_cache(None)
    def rarity(word: str) -> float:
        return math.log(papers / (1 + max(library.vocabulary.frequencies(word))))

    return rarity


def _tf_idf_words(text: str, rarity: Callable[[str], float]) -> list[str]:
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1]
    scores = {word: words.count(word) * rarity(word) for word in set(words)}
    return sorted(scores, key=scores.get, reverse=True)[:_MOST]


def _tf_idf_phrases(text: str, rarity: Callable[[str], float]) -> list[str]:
    phrases = [" ".join(c.words).lower() for c in find_candidates(text)]
    scores = {
        phrase: phrases.count(phrase) * sum(map(rarity, _WORD.findall(phrase)))
        for phrase in set(phrases)
    }
    return sorted(scores, key=scores.get, reverse=True)[:_MOST]


def _yake() -> Extract:
    import yake

    extractor = yake.KeywordExtractor(lan="en", n=3, top=_MOST)
    return lambda title, text: [
        p for p, _ in extractor.extract_keywords(f"{title}. {text}")
    ]


def _textrank(title: str, abstract: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from summa import keywords

        found = keywords.keywords(f"{title}. {abstract}", split=True, ratio=1.0)
    return found[:_MOST]


def _keybert() -> Extract:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from keybert import KeyBERT

        model = KeyBERT(str(find_minilm()))

    def extract(title: str, abstract: str) -> list[str]:
        found = model.extract_keywords(
            f"{title}. {abstract}", keyphrase_ngram_range=(1, 3), top_n=_MOST
        )
        return [phrase for phrase, _ in found]

    return extract


def scores(
    found: Sequence[Sequence[str]], documents: Sequence[dict[str, object]]
) -> dict[str, str]:
    """Return F1 at 5 and 10, the mean of documents: those chosen on, and the others."""
    row = {}
    for depth in (5, 10):
        scores = [
            _f1(list(dict.fromkeys(map(_stemmed, ours)))[:depth], document["keywords"])
            for ours, document in zip(found, documents, strict=True)
        ]
        for half, some in (("even", scores[::2]), ("odd", scores[1::2]), ("all", scores)):
            row[f"F@{depth} {half}"] = f"{100 * sum(some) / len(some):.1f}"
    return row


def _f1(ours: Sequence[str], theirs: Sequence[str]) -> float:
    wanted = set(map(_stemmed, theirs))
    hits = len(wanted.intersection(ours))
    return 2 * hits / (len(ours) + len(wanted)) if hits else 0.0


@lru_cache(None)
def _stemmed(phrase: str) -> str:
    return " ".join(_STEMMER.stemWords(_WORD.findall(phrase.lower())))
