"""Names: the share of authors' searches that find the paper, and of results that fit."""

import gzip
import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import SAMPLE, Corpus, winnow
from benchmarks.tables import write
from index import Author, Library, Paper, Search, Shelf
from index.papers.arxiv_id import ArxivId
from index.search.terms.spellings import fold_name

SEED = 2026
_RECORDS = 500
_JUDGED = 200
_BROWSED = "arxiv-browse-records.jsonl"
_MANY = 60  # authors of a paper that are asked for, drawn at random, where it has more
_BARE = str.maketrans(
    {"'": "", "’": "", "`": "", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss"}
    | {"đ": "d", "Đ": "D", "æ": "ae", "ı": "i"}
)


def run(corpus: Corpus) -> None:
    """Ask for every author of 500 records in six written forms."""
    library = Shelf(_build(corpus)).library()
    draw = random.Random(SEED)
    records = _draw_records(corpus, draw)
    named = [(_key_of(library, r), list(_people(r, draw))) for r in records]
    rows, results, missed = [], [], []
    for form in _FORMS:
        asked = [(key, *ask) for key, people in named for ask in _write(people, form)]
        found = 0
        for key, person, query in asked:
            keys = _search(library, query)
            found += key in keys
            missed += [] if key in keys else [query]
            results += [(person, query, each) for each in keys]
        share = found / len(asked)
        rows.append({"form": form, "asked": len(asked), "found": f"{share:.4f}"})
        print(rows[-1], flush=True)
    rows.append(_ask_particles(library, draw))
    judged = draw.sample(results, _JUDGED)
    wrong = [
        (query, paper.id)
        for person, query, key in judged
        for paper in library.catalog.by_keys([key])
        if not _names(paper, person)
    ]
    fit = f"{1 - len(wrong) / _JUDGED:.3f}"
    rows.append({"form": f"{_JUDGED} random results", "asked": _JUDGED, "found": fit})
    write("names", "Authors in six written forms", rows, wrong=wrong, missed=missed)


_FORMS = {
    "Kingma, Diederik P.": lambda last, first: f"{last}, {first}",
    "Diederik P. Kingma": lambda last, first: f"{first} {last}",
    "Kingma, D. P.": lambda last, first: f"{last}, {' '.join(_initials(first, '.'))}",
    "D P Kingma": lambda last, first: f"{' '.join(_initials(first))} {last}",
    "Kingma DP": lambda last, first: f"{last} {''.join(_initials(first))}",
    "without accents and apostrophes": lambda last, first: _strip(f"{last}, {first}"),
}


def _ask_particles(library: Library, draw: random.Random) -> dict[str, object]:
    """Ask for names such as `Van Gool, L` where the record's first name is `Luc Van`."""
    papers = library.catalog.by_keys(range(1, library.catalog.count() + 1))
    named = [(p.id, a.first.split(), a.last) for p in papers for a in p.authors]
    named = [each for each in named if len(each[1]) > 1 and each[1][-1] in _PARTICLES]
    asked = draw.sample(named, min(_RECORDS, len(named)))
    keys = library.catalog.keys([paper for paper, _, _ in asked])
    found = sum(
        keys[paper] in _search(library, f"{first[-1]} {last}, {first[0][0]}")
        for paper, first, last in asked
    )
    share = f"{found / len(asked):.4f}"
    return {"form": "Van Gool, L", "asked": len(asked), "found": share}


_PARTICLES = ("Van", "Le", "El", "La", "Ben", "Di", "De", "Del", "Dal", "Vander")
_WHOLE = ("Kingma, Diederik P.", "Diederik P. Kingma", "without accents and apostrophes")


def _build(corpus: Corpus) -> Path:
    """Return a library of the sample and of the records that have all fields."""
    data = corpus.scratch / "library-names"
    if not (data / "CURRENT").exists():
        dump = corpus.scratch / "names.jsonl"
        with dump.open("wb") as file, gzip.open(corpus.file(SAMPLE)) as sample:
            file.writelines(sample)
            file.write(corpus.file(_BROWSED).read_bytes())
        winnow("rebuild", dump, "--data", data, "--encoder", "none")
        dump.unlink()
    return data


def _draw_records(corpus: Corpus, draw: random.Random) -> list[dict[str, object]]:
    """Return half of the records from each file."""
    with gzip.open(corpus.file(SAMPLE)) as sample:
        many = [json.loads(line) for line in sample]
    browsed = corpus.file(_BROWSED).read_text().splitlines()
    few = {r["id"]: r for r in map(json.loads, browsed)}
    half = _RECORDS // 2
    return draw.sample(many, half) + draw.sample(list(few.values()), half)


def _key_of(library: Library, record: dict[str, object]) -> int:
    paper_id = ArxivId.parse(str(record["id"])).id
    return library.catalog.keys([paper_id])[paper_id]


def _people(record: dict[str, Any], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield last and first names as arXiv splits them, or before the last word."""
    parsed = record.get("authors_parsed")
    if parsed:
        people = [(last, first) for last, first, *_ in parsed if last and first]
    else:
        names = str(record["authors"]).replace(" and ", ",").split(",")
        split = [name.rpartition(" ") for name in map(str.strip, names)]
        people = [(last, first) for first, _, last in split if first]
    yield from draw.sample(people, _MANY) if len(people) > _MANY else people


def _write(people: Sequence[tuple[str, str]], form: str) -> Iterator[tuple[Author, str]]:
    """Yield each name as it is asked for, in parts and as a query."""
    for last, first in people:
        given = first if form in _WHOLE else " ".join(_initials(first))
        yield Author(last=last, first=given), _FORMS[form](last, first)


def _initials(first: str, mark: str = "") -> list[str]:
    words = first.replace("-", " ").replace(".", " ").split()
    return [f"{word.lstrip('({')[:1]}{mark}" for word in words]


def _strip(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.translate(_BARE))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _search(library: Library, name: str) -> Sequence[int]:
    """Return the keys of all papers that a search for an author finds."""
    query = Search(f'au:"{name}"').understand()
    return library.engine.search(query, limit=library.catalog.count()).keys


def _names(paper: Paper, person: Author) -> bool:
    """Tell whether an author of a paper may be called as asked for.

    The family name and the initials agree, as far as both names have them; names that are
    written in full on both sides are the same.
    """
    return any(_agree(author, person) for author in paper.authors)


def _agree(author: Author, person: Author) -> bool:
    words, wanted = _fold(author.name), _fold(person.name)
    glued, whole = "".join(words), "".join(wanted)
    if sorted(glued) == sorted(whole) or set(wanted) <= set(words):
        return True
    last = "".join(_fold(person.last))
    if not glued.endswith(last) and last not in words:
        return False
    first, given = _fold(author.first), _fold(person.first)
    if not first or not given:
        return True
    if len(first) > 1 and len(given) > 1 and first[1][0] != given[1][0]:
        return "".join(first) == "".join(given)
    if len(first[0]) > 1 and len(given[0]) > 1:
        return first[0] == given[0] or "".join(first) == "".join(given)
    return first[0][0] == given[0][0]


def _fold(name: str) -> list[str]:
    return fold_name(name.translate(_BARE)).split()
