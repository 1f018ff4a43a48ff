"""Records that are hard to read: odd names, signs, references, ids."""

from itertools import groupby

from app.exports.citation import cite

JOURNAL = "Adv.Theor.Math.Phys.2:231-252,1998"

ODD = [
    {"id": "2401.00001", "title": "A Preprint Like Others"},
    {"id": "2401.00002", "authors": "", "authors_parsed": []},
    {
        "id": "2401.00003",
        "authors": "ATLAS Collaboration, Otto Hahn Jr.",
        "authors_parsed": [["ATLAS Collaboration", "", ""], ["Hahn", "Otto", "Jr."]],
    },
    {
        "id": "2401.00004",
        "authors": "Rafael Tiedra de Aldecoa",
        "authors_parsed": [["de Aldecoa", "Rafael Tiedra", ""]],
    },
    {
        "id": "2401.00005",
        "title": 'On "Quotes" & <b>Tags</b>: a < b > c, O\'Neil',
        "abstract": 'Say "yes" & <script>alert(1)</script>; a < b.',
    },
    {
        "id": "2401.00006",
        "title": r"Recovery with the $\ell_1$-Norm & $a<b$",
        "abstract": r"We bound $\sum_{i<n} x_i \& y$ by $O(n)$.",
    },
    {"id": "2401.00007", "doi": "10.1103/A.1 10.1103/B.2; doi:10.1103/C.3"},
    {
        "id": "hep-th/9711200",
        "journal_ref": JOURNAL,
        "doi": "10.1023/A:1026654312961",
        "categories": "hep-th",
        "update_date": "1998-01-22",
    },
    {"id": "2401.00008", "journal_ref": "Submitted to Nature", "comments": "12 pages"},
    {"id": "2401.00009", "comments": "This paper has been withdrawn by the author"},
    {"id": "2401.00010", "journal_ref": "J. Stat. Mech. P04012 (2007)"},
    {
        "id": "2401.00011",
        "journal_ref": 'Proc. of "A & B" <1>, to appear',
        "doi": '10.1175/1520-0469(1996)053<0946:"A_B">2.0.CO;2',
    },
    {"id": "2401.00012", "abstract": " "},
    {"id": "2401.00013", "authors": "Wei Zhang (张伟), 李娜"},
    {"id": "2401.00014", "abstract": "Long. " * 200},
    {
        "id": "2401.00015",
        "versions": [
            {"version": "v1", "created": "Mon, 1 Jan 2024 23:59:59 GMT"},
            {"version": "v2", "created": "Fri, 2 Feb 2024 00:00:01 GMT"},
        ],
    },
]


IDS = [one["id"] for one in ODD]


def expect(paper):
    """Return the item that a reference manager should have: what the citation says."""
    cited = cite(paper)
    item = {
        "itemType": "journalArticle" if cited.journal else "preprint",
        "title": " ".join(paper.title.split()),
        "creators": [_split(one) for one in cited.authors],
        "abstractNote": paper.abstract,
        "date": f"{cited.day or cited.year}",
        "DOI": cited.doi,
        "url": paper.url,
        "extra": ". ".join(cited.notes),
        "tags": list(paper.keywords),
        "attachments": [
            {"title": "Full Text PDF", "url": paper.pdf_url, "mimeType": "application/pdf"}
        ],
        **_expect_place(cited),
    }
    always = ("creators", "tags")
    return {name: value for name, value in item.items() if value or name in always}


def _split(author):
    if not author.first:
        return author.name, ""
    return author.last, f"{author.first}, {author.suffix}".strip(", ")


def _expect_place(cited):
    journal = cited.journal
    if journal is None:
        return {"repository": "arXiv", "archiveID": cited.arxiv}
    return {
        "publicationTitle": journal.name,
        "volume": journal.volume,
        "issue": journal.issue,
        "pages": journal.pages.replace("–", "-"),
        "archive": "arXiv",
        "archiveLocation": cited.arxiv,
    }


def expect_of_page(paper):
    """Return the item that a page makes: no tags, and the abstract on one line.

    Names lose a comma before a suffix, and the full stop at their end; of the same name
    twice in a row one is kept. A handle of another registry than DOI's is no DOI.
    """
    item = expect(paper) | {"language": "en", "tags": []}
    item["date"] = item["date"].replace("-", "/")
    names = [one for one, _ in groupby(item["creators"])]
    item["creators"] = [(last, f.replace(",", "").rstrip(".")) for last, f in names]
    if not item["DOI"].startswith("10."):
        del item["DOI"]
    if paper.abstract:
        item["abstractNote"] = " ".join(paper.abstract.split())
    return item
