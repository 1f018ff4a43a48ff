"""A known item survives its company, and codes of categories lead to listings."""

import pytest

from tests.app.markup import Markup

PAPER = "/paper/1706.03762"


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1706.03762v7 [cs.CL] 2 Aug 2023",
        "arXiv preprint arXiv:1706.03762",
        "[1706.03762]",
        "<https://arxiv.org/abs/1706.03762>",
        "1706.03762.pdf",
        "https://scirate.com/arxiv/1706.03762",
        r"\cite{1706.03762}",
        "arXiv: 1706 .03762",
        "Attention_Is_All_You_Need_1706.03762.pdf",
    ],
)
def test_an_id_with_marks_around_it_leads_to_its_paper(client, text):
    answer = client.get("/search", params={"q": text})

    assert (answer.status_code, answer.headers["location"]) == (303, PAPER)


def test_an_id_among_words_comes_first_and_the_words_are_offered(client):
    text = "quantum annealing arXiv:1706.03762"
    page = Markup(client.get("/search", params={"q": text}).text)

    titles = [link.text for link in page.all("a", class_="title-link")]
    assert titles == ["Attention Is All You Need"]
    assert "quantum annealing" in page.one("ul", class_="notices").text


def test_words_count_where_the_id_is_not_in_the_library(client):
    body = client.get("/api/search", params={"q": "attention 2401.99999 networks"}).json()

    assert body["total"] > 0
    codes = [notice["code"] for notice in body["meta"]["notices"]]
    assert "unknown_id" in codes
    assert "ids_first" not in codes


REFERENCES = [  # ACM, APA, IEEE, BibTeX, plain
    "Ashish Vaswani and Niki Parmar. 2017. Attention Is All You Need. In Proc. NIPS, 6000.",
    "Vaswani, A., & Parmar, N. (2017). Attention is all you need. Advances in Tests, 30.",
    'A. Vaswani, N. Shazeer et al., "Attention is all you need," in Proc. NIPS, 2017.',
    "@article{v, title={Attention Is All You Need}, author={Vaswani, Ashish}, year={2017}}",
    "[12] Vaswani et al. Attention is all you need. arXiv preprint arXiv:1706.03762, 2017.",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_pasted_whole_finds_its_paper_first(client, text):
    body = client.get("/api/search", params={"q": text}).json()

    assert body["data"][0]["id"] == "1706.03762"


def test_a_title_with_a_question_in_it_is_found_in_a_reference(client):
    text = "A. One. Non-invasive probes of C++ compilers: What? Why? J. of Tests, 2024."
    body = client.get("/api/search", params={"q": text}).json()

    assert body["data"][0]["id"] == "2403.12345"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("cs.LG", "/arxiv/cs.LG"),
        (" cs.lg ", "/arxiv/cs.LG"),
        ("cs.LG+cs.CL", "/arxiv/cs.LG+cs.CL"),
        ("cs.LG, cs.CL", "/arxiv/cs.LG+cs.CL"),
        ("hep-th", "/arxiv/hep-th"),
        ("cs.AI-hep-th", "/arxiv/cs.AI-hep-th"),
        ("quant-ph", "/arxiv/quant-ph"),
        ("cs.NA", "/arxiv/math.NA"),
        ("[cs.LG]", "/arxiv/cs.LG"),
        ("(cs.LG).", "/arxiv/cs.LG"),
        ("cs.LG.", "/arxiv/cs.LG"),
        ("cs/LG", "/arxiv/cs.LG"),
        ("cs-CV", "/arxiv/cs.CV"),
        ("cs-lg + q-bio-nc", "/arxiv/cs.LG+q-bio.NC"),
        ("arxiv:cs.LG", "/arxiv/cs.LG"),
        ("arXiv: hep-th", "/arxiv/hep-th"),
        ("arXiv:math", "/arxiv/math"),
        ("CS.lg", "/arxiv/cs.LG"),
        ("'hep-th',", "/arxiv/hep-th"),
        ("[cs.LG]; [cs.CL]", "/arxiv/cs.LG+cs.CL"),
        ("cond-mat/mes-hall", "/arxiv/cond-mat.mes-hall"),
        ("Machine Learning (cs.LG)", "/arxiv/cs.LG"),
        ("cs.LG OR cs.CL", "/arxiv/cs.LG+cs.CL"),
        ("cs.LG and cs.CL", "/arxiv/cs.LG+cs.CL"),
        ("cs.LG|cs.CL", "/arxiv/cs.LG+cs.CL"),
        ("hep–th", "/arxiv/hep-th"),
        ("ｃｓ.ＬＧ", "/arxiv/cs.LG"),
        ("https://arxiv.org/list/cs.LG/recent", "/arxiv/cs.LG"),
        ("arxiv.org/list/math/new?skip=0", "/arxiv/math"),
        ("https://papers.cool/arxiv/cs.CL", "/arxiv/cs.CL"),
    ],
)
def test_a_category_in_the_box_leads_to_its_listing(client, text, address):
    answer = client.get("/search", params={"q": text})

    assert (answer.status_code, answer.headers["location"]) == (303, address)


@pytest.mark.parametrize(
    "text",
    [
        "math",
        "cs",
        "math or cs",
        "cs.LG AND cs.CL",
        "https://arxiv.org/list/cs.XX/recent",
        "cat:cs.LG",
        "cs.LG attention",
        "cs.XX",
        "math.",
        "[math]",
        "and/or",
        "Learning (cs.LG)",
    ],
)
def test_other_texts_stay_searches(client, text):
    assert client.get("/search", params={"q": text}).status_code == 200


def test_a_category_with_a_filter_stays_a_search(client):
    assert client.get("/search", params={"q": "cs.LG", "year": "2024"}).status_code == 200


@pytest.mark.parametrize("text", ["math", "cs", "hep-th", "cs.LG"])
def test_a_code_gets_its_listing_as_the_first_suggestion(client, text):
    first = client.get("/api/suggest", params={"q": text}).json()["data"][0]

    assert (first["kind"], first["listing"]) == ("category", text)
    assert first["papers"] == client.get(f"/api/search?cat={text}").json()["total"]


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("cs.XX", "cs"),
        ("math.ZZ", "math"),
        ("hep-tx", "hep-th"),
        ("cs.LGG", "cs.LG"),
        ("csLG", "cs.LG"),
    ],
)
def test_an_unknown_category_is_said_to_be_one_and_near_ones_are_named(client, code, near):
    answer = client.get(f"/arxiv/{code}")
    page = Markup(answer.text)

    assert answer.status_code == 404
    assert page.one("h1").text == f"There is no category {code}"
    assert "See all categories" in [a.text for a in page.all("a", href="/categories")]
    near_ones = page.one("ul", class_="near")
    links = [a["href"] for a in page.all("a") if a.parent.parent is near_ones]
    assert 0 < len(links) <= 5
    assert links[0].startswith(f"/arxiv/{near}")


def test_an_unknown_category_is_said_in_chinese_too(client):
    assert "没有分类 cs.XX" in client.get("/arxiv/cs.XX?lang=zh").text


def test_what_is_neither_category_nor_id_is_still_said_to_be_no_id(client):
    answer = client.get("/arxiv/1706.99x")

    assert answer.status_code == 404
    assert "not the id" in answer.text


@pytest.mark.parametrize("code", ["[cs.LG]", "cs/LG", "CS.lg", "cs.LG."])
def test_an_address_with_a_code_in_another_writing_lists_it(client, code):
    plain = Markup(client.get("/arxiv/cs.LG").text)
    answer = client.get(f"/arxiv/{code}")

    assert answer.status_code == 200
    assert Markup(answer.text).one("h1").text == plain.one("h1").text


@pytest.mark.parametrize(
    ("query", "is_said"),
    [
        ("au:李华", False),
        ("au:李华 attention", False),
        ("量子力学的新方法", True),
        ("ti:量子", True),
        ("attention", False),
    ],
)
def test_abstracts_are_said_to_be_english_where_they_are_asked_for(client, query, is_said):
    body = client.get("/api/search", params={"q": query, "mode": "lexical"}).json()
    codes = [notice["code"] for notice in body["meta"]["notices"]]

    assert ("english_abstracts" in codes) is is_said
