"""Prose: what of TeX and HTML is left in titles and abstracts, and in their formulas."""

import gzip
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpus import NEW, OLD, SAMPLE, Corpus
from benchmarks.tables import write
from index.papers.accents import decode_tex
from index.papers.mathtext import find_formulas, split
from index.papers.prose.cleaning import clean_prose

SEED = 2026
_BROWSED = "arxiv-browse-records.jsonl"
_FORMULAS = 60_000
_LEFT = {
    "commands of text": re.compile(
        r"\\(?:text\w+|emph|underline|mbox|cite\w*|href|url|footnote\w*|ldots|dots|"
        r"(?:it|bf|em|sc|rm|sl|tt|small)(?![A-Za-z])|[ ,;!/@\-])"
    ),
    "escaped signs": re.compile(r"\\[$%&#_]"),
    "entities": re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|nbsp|quot|[a-z]{2,8});"),
    "elements": re.compile(r"</?(?:sup|sub|i|b|em|p|br)\b[^<>]*>.*</|<br ?/?>"),
    "ties": re.compile(r"(?<=[A-Za-z0-9.])~(?=[A-Za-z])"),
    "any other command": re.compile(r"\\[A-Za-z]+"),
}


def run(corpus: Corpus) -> None:
    """Count what is left before and after prose is written out, and how formulas end."""
    texts = list(_read_texts(corpus))
    rows = [
        {
            "left in titles and abstracts": name,
            "before": sum(map(_holds(pattern, decode_tex), texts)),
            "after": sum(map(_holds(pattern, clean_prose), texts)),
        }
        for name, pattern in _LEFT.items()
    ]
    write("prose", f"What is left in {len(texts):,} titles and abstracts", rows)
    counts = _count_formulas(corpus)
    by = "prose"
    write("macros", "How formulas and bold come out", [counts], by=by)


def _holds(pattern: re.Pattern[str], clean: Callable[[str], str]) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        return any(
            pattern.search(piece) is not None
            for piece in split(clean(text))
            if isinstance(piece, str)
        )

    return holds


def _read_texts(corpus: Corpus) -> Iterator[str]:
    with gzip.open(corpus.file(SAMPLE)) as sample:
        lines = [*sample, *corpus.file(_BROWSED).read_bytes().splitlines()]
    for record in map(json.loads, lines):
        for name in ("title", "abstract"):
            yield " ".join((record.get(name) or "").split())


def _count_formulas(corpus: Corpus) -> dict[str, object]:
    """Typeset formulas of both dumps, drawn at random, without drawing them."""
    found: list[tuple[str, bool]] = []
    for name in (OLD, NEW):
        plain, _ = corpus.unpacked(name)
        with plain.open() as lines:
            for line in lines:
                record = json.loads(line)
                texts = (record.get("title") or "", record.get("abstract") or "")
                found += [(f.tex, f.display) for t in texts for f in find_formulas(t)]
    drawn = random.Random(SEED).sample(found, _FORMULAS)
    file = corpus.scratch / "formulas.json"
    file.write_text(json.dumps(drawn))
    script = Path(__file__).with_name("prose.mjs")
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    done = subprocess.run([node, script, file], capture_output=True, text=True, check=True)
    counts: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return counts
