"""The commands that ask the live library: search, related, keywords."""

import math
import sys
from pathlib import Path
from typing import Any

import click
import orjson
from pydantic import ValidationError

from app.cards.shape import PAPER_FIELDS
from app.cli.options import DATA
from app.cli.results import show_related, show_search
from app.related.answer import shape_keywords, shape_related
from app.related.params import MAX_KEYWORDS, MAX_TEXT
from app.search.answer import answer_search
from app.search.params import MAX_LIMIT, SearchParams
from app.wording.refused import word_refused
from index import (
    MAX_OFFSET,
    MAX_RELATED,
    ArxivId,
    Budget,
    Keyword,
    Library,
    Method,
    Mode,
    RelatedSort,
    Shelf,
    Sort,
    spending,
    write_plain,
)


@click.command()
@click.argument("query", default="")
@DATA
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=10, show_default=True)
@click.option(
    "--offset", type=click.IntRange(0, MAX_OFFSET - 1), default=0, show_default=True
)
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
)
@click.option("--cat", metavar="CODES", help="Of these categories or archives, by commas.")
@click.option("--year", metavar="YEARS", help="Of a year, or of years: 2015..2019.")
@click.option("--after", metavar="DATE", help="Submitted on this day or later.")
@click.option("--before", metavar="DATE", help="Submitted before this day.")
@click.option("--author", metavar="NAME", help="Of this author.")
@click.option("--has", type=click.Choice(["doi"]), help="That have this.")
@click.option(
    "--withdrawn",
    type=click.Choice(["no", "only"]),
    help="Without withdrawn papers, or only those.",
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=None,
    help="What finds papers: words, words and meaning, or meaning.",
)
@click.option("--facets", is_flag=True, help="Count by category and year too.")
@click.option("--explain", is_flag=True, help="Say how the papers were found too.")
@click.option("--json", "as_json", is_flag=True, help="Print what the JSON API answers.")
def search(query: str, data: Path, *, as_json: bool, **options: Any) -> None:
    """Print the papers that match QUERY. The exit status is 1 if there are none.

    Beside an option that narrows the result, QUERY may be left out.
    """
    try:
        asked = SearchParams(q=query, **options)
    except ValidationError as error:
        first = error.errors()[0]
        raise click.UsageError(f"{first['loc'][0]}: {word_refused(first)}") from error
    if not (query or asked.filters):
        raise click.UsageError("give a QUERY, or an option that narrows the result")
    library = Shelf(data).library()
    with spending(Budget(seconds=math.inf)):
        total = _print_search(library, asked, as_json=as_json)
    sys.exit(0 if total else 1)


def _print_search(library: Library, asked: SearchParams, *, as_json: bool) -> int:
    """Print what is found; return how much that is."""
    if not as_json:
        return show_search(library, asked)
    answer = answer_search(library, asked, PAPER_FIELDS)
    click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    total: int = answer["total"]
    return total


@click.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@DATA
@click.option("--unlike", metavar="ID", multiple=True, help="And unlike this one.")
@click.option(
    "--method",
    type=click.Choice([method.value for method in Method]),
    default=Method.HYBRID.value,
    show_default=True,
)
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in RelatedSort]),
    default=RelatedSort.SIMILARITY.value,
    show_default=True,
)
@click.option("--limit", type=click.IntRange(1, MAX_RELATED), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print what the JSON API answers.")
def related(  # noqa: PLR0913  each is an option
    ids: tuple[str, ...],
    data: Path,
    *,
    unlike: tuple[str, ...],
    method: str,
    sort: str,
    limit: int,
    as_json: bool,
) -> None:
    """Print the papers most like those of one or several arXiv IDs, with reasons.

    The exit status is 1 if there are none.
    """
    library = Shelf(data).library()
    page = library.relater.related(
        [ArxivId.parse(text).id for text in ids],
        [ArxivId.parse(text).id for text in unlike],
        method=Method(method),
        sort=RelatedSort(sort),
        limit=limit,
    )
    if as_json:
        answer = shape_related(page, library.manifest.name, PAPER_FIELDS)
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    else:
        show_related(page)
    sys.exit(0 if page.papers else 1)


@click.command()
@click.argument("paper", metavar="ID|-")
@DATA
@click.option(
    "--limit", type=click.IntRange(1, MAX_KEYWORDS), default=10, show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Print what the JSON API answers.")
def keywords(paper: str, data: Path, *, limit: int, as_json: bool) -> None:
    """Print the keywords of the paper with an arXiv ID, or of a text from standard input.

    Markdown and TeX may be in the text. The exit status is 1 if there are none.
    """
    library = Shelf(data).library()
    found = _keywords(library, paper, limit)
    if as_json:
        click.echo(orjson.dumps(shape_keywords(found), option=orjson.OPT_INDENT_2))
    else:
        for keyword in found:
            click.echo(write_plain(keyword.text))
    sys.exit(0 if found else 1)


def _keywords(library: Library, paper: str, limit: int) -> list[Keyword]:
    extractor = library.extractor
    if paper != "-":
        known = library.catalog.by_id(ArxivId.parse(paper).id)
        return extractor.extract(known.title, known.abstract, limit)
    text = sys.stdin.buffer.read(4 * MAX_TEXT + 1).decode(errors="replace")
    if len(text) > MAX_TEXT:
        raise click.UsageError(f"the text is longer than {MAX_TEXT:,} characters")
    return extractor.extract_from_text(text, limit=limit)
