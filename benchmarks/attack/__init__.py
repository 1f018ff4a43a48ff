"""What hostile clients, and hostile authors of papers, cost a server.

Each case has a server of its own, and is bounded in time and bytes. To add one, write a
function that takes a Wire and returns a sentence, and add a Case to the table of a module
here; `cases.py` has the list of tables.
"""

from benchmarks.attack.case import Case
from benchmarks.attack.cases import CASES
from benchmarks.attack.hostile import hostile_library
from benchmarks.attack.watch import measured
from benchmarks.corpus import Corpus
from benchmarks.tables import write

__all__ = ["run"]


def run(corpus: Corpus) -> None:
    """Run every case, and write a table with a row for each."""
    rows = [_row(corpus, case) for case in CASES]
    write("attack", "Attacks: what they cost, and what others notice", rows)


def _row(corpus: Corpus, case: Case) -> dict[str, object]:
    whole = case.needs_all_of_arxiv
    data = corpus.whole_library() if whole else hostile_library(corpus.scratch)
    row = {"case": case.name, **measured(case, data)}
    print(row, flush=True)
    return row
