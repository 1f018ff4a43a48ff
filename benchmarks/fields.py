"""Fields: journals found, withdrawn papers, addresses that are links, exports read back."""

import lzma
import random
import re
import time
from collections.abc import Iterator

import orjson

from app.cards.links import find_links
from benchmarks.corpus import NEW, OLD, Corpus, winnow
from benchmarks.tables import write
from index import Library, Paper, Search, Shelf, Window
from index.papers.withdrawn import is_withdrawn
from index.sources.text import clean_line
from tests.app.exports.readers import READERS, expect_items

_BROWSED = "arxiv-browse-records.jsonl"
_SEED = 2026
_LOOKED_AT = 20_000  # abstracts of each dump
_JOURNALS = {
    "Phys. Rev. D": r"phys\W*rev\W*d(?![a-z])",
    "Phys. Rev. B": r"phys\W*rev\W*b(?![a-z])",
    "Phys. Rev. Lett.": r"phys\W*rev\W*lett(?![a-z])",
    "Phys. Lett. B": r"phys\W*lett\W*b(?![a-z])",
    "Nucl. Phys. A": r"nucl\W*phys\W*a(?![a-z])",
    "Int. J. Mod. Phys. A": r"int\W*j\W*mod\W*phys\W*a(?![a-z])",
    "Class. Quant. Grav.": r"class\W*quant\W*grav(?![a-z])",
    "JHEP": r"jhep(?![a-z])",
}
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


def run(corpus: Corpus) -> None:
    """Measure what is made of the fields of real records."""
    data = corpus.scratch / "library-fields"
    if not (data / "CURRENT").exists():
        dump = corpus.file(_BROWSED)
        winnow("rebuild", dump, "--data", data, "--encoder", "none")
    library = Shelf(data).library()
    papers = [paper for some in library.catalog.read_batches(500) for paper in some]
    write("fields-journals", "Journals", list(_ask_journals(library, papers)), by="fields")
    write("fields-exports", "Exports", list(_read_back(papers)), by="fields")
    _judge_dumps(corpus)


def _ask_journals(library: Library, papers: list[Paper]) -> Iterator[dict[str, object]]:
    for name, pattern in _JOURNALS.items():
        having = {
            paper.id
            for paper in papers
            if re.search(pattern, paper.journal_ref or "", re.IGNORECASE)
        }
        found: set[str] = set()
        for offset in range(0, 1_000, 200):
            window = Window(limit=200, offset=offset)
            page = library.finder.find(Search(f'jr:"{name}"'), window).papers
            found |= {paper.id for paper in page}
        missed, other = len(having - found), len(found - having)
        yield {"journal": name, "have it": len(having), "missed": missed, "others": other}


def _read_back(papers: list[Paper]) -> Iterator[dict[str, object]]:
    """Count the papers of which a reader reads what CSL-JSON says."""
    for name, read in READERS.items():
        right = sum(_is_right([paper], name, read) for paper in papers)
        yield {"format": name, "papers": len(papers), "read back right": right}


def _is_right(papers: list[Paper], name: str, read) -> bool:
    (got,), (wanted,) = read(papers), expect_items(papers, name)
    compared = set(wanted) - {"title", "abstract", "keyword", "note"}
    return all(got.get(part) == wanted[part] for part in compared)


def _judge_dumps(corpus: Corpus) -> None:
    gone, linked, draw = [], [], random.Random(_SEED)
    for name in (OLD, NEW):
        with lzma.open(corpus.file(name)) as file:
            records = [_read_texts(line) for line in file]
        start = time.process_time()
        found = sum(is_withdrawn(comments, text) for comments, text in records)
        took = (time.process_time() - start) / len(records)
        gone.append(
            {"dump": name, "papers": len(records), "withdrawn": found, "µs": took * 1e6}
        )
        some = [text for _, text in draw.sample(records, _LOOKED_AT)]
        having = [text for text in some if _ADDRESS.search(text)]
        shown = sum(_links_all(text) for text in having)
        any_link = sum(bool(find_links(text)) for text in some)
        linked.append(
            {
                "dump": name,
                "abstracts": len(some),
                "with an address": len(having),
                "with that as a link": shown,
                "with any link": any_link,
            }
        )
    write("fields-withdrawn", "Withdrawn papers", gone, by="fields")
    write("fields-links", "Links in abstracts", linked, by="fields")


def _read_texts(line: bytes) -> tuple[str, str]:
    record = orjson.loads(line)
    return clean_line(record.get("comments") or ""), clean_line(record["abstract"])


def _links_all(text: str) -> bool:
    """Tell whether every address of a text lies in a link."""
    links = find_links(text)
    return all(
        any(link.start <= match.start() < link.end for link in links)
        for match in _ADDRESS.finditer(text)
    )
