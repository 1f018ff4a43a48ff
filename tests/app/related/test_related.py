"""Related papers and keywords through the JSON API and on pages."""

import json

import pytest

from app.related.answer import KeywordsAnswer, RelatedAnswer
from app.related.page import IN_PANEL
from app.related.params import KeywordsRequest
from tests.app.markup import Markup
from tests.building import build_data

PAPER = "2401.00003"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def topics(connect, topical_data):
    """The application with 120 papers of four topics, and vectors."""
    return connect(topical_data)


def links(page, beginning):
    return [a for a in page.all("a") if a["href"].startswith(beginning)]


def test_related_papers_are_answered_in_the_shape_described(topics):
    answer = topics.get(f"/api/papers/{PAPER}/related?limit=5").json()

    RelatedAnswer.model_validate(answer, extra="forbid")
    assert answer["total"] == len(answer["data"]) == 5
    assert answer["meta"]["like"] == [PAPER]
    assert answer["meta"]["method"] == "hybrid"
    assert all(one["id"].startswith("2401") for one in answer["data"])
    assert all(one["related"]["categories"] == ["quant-ph"] for one in answer["data"])
    assert all(one["keywords"] for one in answer["data"])


@pytest.mark.parametrize("address", [f"/related?like={PAPER}", f"/paper/{PAPER}"])
def test_what_papers_share_is_told_in_the_right_number(topics, address):
    page = Markup(topics.get(address).text)
    shared = [one.text for one in page.all("span") if one.text.startswith("shared key")]
    assert shared
    for told in shared:
        assert told.startswith("shared keywords:") == (", " in told), told


def test_a_percentage_says_what_it_is_of(topics):
    page = Markup(topics.get(f"/related?like={PAPER}").text)
    assert page.all("span", class_="score")
    for score in page.all("span", class_="score"):
        assert score.text.endswith("% similar in meaning")


@pytest.mark.parametrize("method", ["hybrid", "keywords", "vectors"])
@pytest.mark.parametrize("sort", ["similarity", "date"])
def test_every_method_and_order_is_answered(topics, method, sort):
    path = f"/api/papers/{PAPER}/related?method={method}&sort={sort}&fields=id,submitted"
    answer = topics.get(path).json()

    assert answer["meta"]["method"] == method
    assert set(answer["data"][0]) == {"id", "submitted", "related"}
    days = [one["submitted"] for one in answer["data"]]
    assert sort == "similarity" or days == sorted(days, reverse=True)


def test_an_id_may_have_any_form(topics):
    plain = topics.get(f"/api/papers/{PAPER}/related?fields=id").json()
    other = topics.get(f"/api/papers/arXiv:{PAPER}v2/related?fields=id").json()
    assert plain["data"] == other["data"]


def test_several_papers_are_liked_and_not(topics):
    path = f"/api/related?like={PAPER},2404.00001&unlike=2403.00002&limit=9&fields=id"
    answer = topics.get(path).json()

    RelatedAnswer.model_validate(answer | {"data": []}, extra="forbid")
    assert answer["meta"]["like"] == [PAPER, "2404.00001"]
    assert answer["meta"]["unlike"] == ["2403.00002"]
    assert len(answer["data"]) == 9


@pytest.mark.parametrize(
    ("path", "status", "param"),
    [
        (f"/api/papers/{PAPER}/related?limit=0", 400, "limit"),
        (f"/api/papers/{PAPER}/related?limit=101", 400, "limit"),
        (f"/api/papers/{PAPER}/related?method=best", 400, "method"),
        (f"/api/papers/{PAPER}/related?sort=newest", 400, "sort"),
        (f"/api/papers/{PAPER}/related?fields=x", 400, "fields"),
        (f"/api/papers/{PAPER}/related?like=x", 400, "like"),
        ("/api/papers/2401.99999/related", 404, None),
        ("/api/papers/nonsense/related", 404, None),
        ("/api/related", 400, "like"),
        ("/api/related?like=", 400, "like"),
        ("/api/related?like=,,", 400, "like"),
        ("/api/related?like=x", 400, "like"),
        (f"/api/related?like={PAPER}&unlike=x", 400, "unlike"),
        ("/api/related?like=2401.99999", 404, None),
        ("/api/related?like=" + ",".join(f"2401.{n:05}" for n in range(101)), 400, "like"),
        ("/api/related?like=" + "1" * 3_001, 400, "like"),
    ],
)
def test_a_bad_question_says_what_is_wrong(topics, path, status, param):
    response = topics.get(path)

    assert response.status_code == status
    assert response.json()["param"] == param
    assert response.json()["message"]


def test_vectors_that_are_not_there_are_an_error_that_says_what_to_do(client):
    (paper,) = client.get("/api/search?q=cat:cs.LG&limit=1").json()["data"]
    response = client.get(f"/api/papers/{paper['id']}/related?method=vectors")

    assert response.status_code == 400
    assert response.json()["error"] == "no_vectors"
    assert "method=keywords" in response.json()["message"]
    response = client.get("/api/search?q=dark+matter&mode=semantic")
    assert (response.status_code, response.json()["error"]) == (400, "no_vectors")


def test_an_unchanged_answer_costs_a_304(topics):
    path = f"/api/papers/{PAPER}/related"
    tag = topics.get(path).headers["etag"]
    assert topics.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("mode", ["lexical", "hybrid", "semantic"])
def test_a_search_tells_how_each_paper_was_found(topics, mode):
    answer = topics.get(f"/api/search?q=photons+cosmology&mode={mode}&limit=40").json()

    assert answer["meta"]["mode"] == mode
    found_by = {one.get("found_by") for one in answer["data"]}
    assert found_by == {"lexical": {None}, "hybrid": {"both", "meaning"}}.get(
        mode, {"meaning"}
    )
    assert mode == "lexical" or all("similarity" in one for one in answer["data"])


def test_left_out_meaning_has_a_part_where_few_papers_have_all_words(topics, client):
    def mode(service, query):
        return service.get(f"/api/search?q={query}").json()["meta"]["mode"]

    assert mode(topics, "qubits+teleportation") == "hybrid"
    assert mode(topics, "we+study") == "lexical"
    assert mode(client, "qubits+teleportation") == "lexical"


def test_keywords_of_any_text_are_answered(client):
    text = "# Spin glasses\n\nWe study **replica symmetry breaking** at $T < T_c$."
    answer = client.post("/api/keywords", json={"text": text, "limit": 3}).json()

    KeywordsAnswer.model_validate(answer, extra="forbid")
    found = [one["keyword"].lower() for one in answer["data"]]
    assert {"spin glasses", "replica symmetry breaking"} <= set(found)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "x", "title": "x" * 2_001}, "title"),
        ({"text": "x", "limit": 0}, "limit"),
        ({"text": "x", "limit": 51}, "limit"),
        ({"text": 5}, "text"),
        ({"text": "x", "language": "en"}, "language"),
        (["x"], None),
    ],
)
def test_a_bad_request_for_keywords_says_what_is_wrong(client, body, param):
    response = client.post("/api/keywords", json=body)

    assert response.status_code == 400
    assert response.json()["param"] == param


@pytest.mark.parametrize("text", ["\ud800", "\x00", "量子", "$" * 1_000, "<" * 50_000])
def test_no_text_breaks_the_extractor(client, text):

    response = client.post("/api/keywords", content=json.dumps({"text": text}))
    assert response.status_code in (200, 400)
    assert KeywordsRequest.model_fields.keys() == {"text", "title", "limit"}


def test_a_paper_shows_its_keywords_and_relatives(topics):
    page = Markup(topics.get(f"/paper/{PAPER}").text)

    keywords = topics.get(f"/api/papers/{PAPER}").json()["keywords"]
    chips = links(page, "/search?q=")
    assert [a.text for a in chips if a.text in keywords] == keywords
    assert "Related papers" in [h.text for h in page.all("h2")]
    assert len(page.all("a", class_="title-link")) == IN_PANEL
    assert len(page.all("a", class_="star")) == IN_PANEL


def test_a_keyword_leads_to_a_search_that_finds_the_paper(topics):
    page = Markup(topics.get(f"/paper/{PAPER}").text)
    keywords = topics.get(f"/api/papers/{PAPER}").json()["keywords"]
    chips = [a for a in links(page, "/search?q=") if a.text in keywords]
    assert len(chips) == len(keywords) > 0
    for chip in chips:
        found = topics.get(chip["href"])
        assert found.status_code == 200
        assert 'class="panel paper"' in found.text


def test_every_card_leads_to_its_relatives(topics):
    page = Markup(topics.get("/search?q=dark+matter").text)

    links = page.all("a", class_="title-rel")
    assert len(links) == len(page.all("div", role="article"))
    assert topics.get(links[0]["href"]).status_code == 200


def test_the_page_of_related_papers_can_be_refined(topics):
    page = Markup(topics.get(f"/related?like={PAPER}").text)

    assert page.one("h1").text == "Related papers"
    assert len(page.all("div", role="article")) == 50
    more = next(a["href"] for a in page.all("a") if a.text == "More like this")
    less = next(a["href"] for a in page.all("a") if a.text == "Less like this")
    assert f"like={PAPER}%2C" in more
    assert "unlike=" in less
    refined = Markup(topics.get(more).text)
    assert len(refined.all("a", class_="remove")) == 2
    assert topics.get(less).status_code == 200


def test_without_a_paper_the_page_asks_for_one(client):
    page = Markup(client.get("/related").text)
    assert (
        page.all("input", attrs={"name": "like"}) or "like" in client.get("/related").text
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [("like=x", 400), ("like=2401.99999", 404), ("like=2401.00001&method=x", 400),
     ("like=%00", 400), ("unlike=2401.00001", 200)],
)  # fmt: skip
def test_a_bad_address_of_related_papers_is_explained(topics, query, status):
    response = topics.get(f"/related?{query}")

    assert response.status_code == status
    assert "<h1" in response.text


def test_without_vectors_related_papers_are_found_by_words_and_said_so(client):
    (paper,) = client.get("/api/search?q=cat:cs.LG&limit=1").json()["data"]
    text = client.get(f"/related?like={paper['id']}").text

    assert "no vectors" in text
    assert "<svg viewBox" not in text.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("mode", ["lexical", "hybrid", "semantic"])
def test_a_result_page_can_be_asked_for_in_each_mode(topics, mode):
    text = "".join(
        topics.get(f"/search?q=photons+cosmology&mode={mode}&page={page}").text
        for page in (1, 2)
    )

    assert "Search by:" in text
    assert ("Found by its meaning" in text) is (mode == "hybrid")
    assert topics.get(f"/search?q=qubits&mode={mode}&explain=1").status_code == 200


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=qubits", "Automatic (words)"),
        ("q=photons+zzzz+qubits", "Automatic (words and meaning)"),
        ("q=qubits&mode=lexical", "Words"),
        ("q=qubits&mode=semantic", "Meaning"),
        ("q=qubits&mode=hybrid", "Both"),
    ],
)
def test_no_mode_is_shown_as_chosen_that_nobody_chose(topics, query, name):
    page = Markup(topics.get(f"/search?{query}").text)
    assert name in [a.text for a in page.all("a", aria_current="true")]


def test_an_empty_mode_is_none_and_meaning_alone_has_no_counts(topics):
    empty = topics.get("/api/search?q=qubits&mode=").json()
    assert empty["data"] == topics.get("/api/search?q=qubits").json()["data"]

    nearest = topics.get("/api/search?q=qubits&mode=semantic&facets=1").json()
    assert nearest["facets"] is None
    assert topics.get("/api/search?q=qubits&facets=1").json()["facets"]["years"]


def test_a_condition_makes_no_unknown_paper_known(topics):
    for path in ("/api/papers/2412.00001/related", "/api/related?like=2412.00001"):
        assert topics.get(path, headers={"If-None-Match": "*"}).status_code == 404


def test_what_is_liked_cannot_be_unlike(topics):
    both = topics.get(f"/api/related?like={PAPER}&unlike={PAPER}").json()

    assert both["meta"]["unlike"] == []
    assert both["data"] == topics.get(f"/api/related?like={PAPER}").json()["data"]


def test_nothing_is_offered_that_cannot_be_done(topics, client):
    plain = Markup(client.get("/related?like=1706.03762").text)
    assert not any("method=vectors" in a["href"] for a in links(plain, "/related"))

    by_author = Markup(topics.get("/search?q=au:turing").text)
    assert not any("mode=" in a["href"] for a in links(by_author, "/search"))

    many = ",".join(f"2401.{n:05}" for n in range(1, 31))
    many += "," + ",".join(f"240{m}.{n:05}" for m in (2, 3) for n in range(1, 31))
    many += "," + ",".join(f"2404.{n:05}" for n in range(1, 11))
    full = topics.get(f"/related?like={many}").text
    assert "More like this" not in full
    assert "Less like this" in full


def test_what_is_unlike_is_kept_where_nothing_is_liked(topics):
    page = Markup(topics.get("/related?unlike=2401.00001").text)

    (field,) = [
        i for i in page.all("input") if "name" in i.attributes and i["name"] == "unlike"
    ]
    assert field["value"] == "2401.00001"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 50_000, b"{", b"[]", b"null", b"7"])
def test_a_body_that_is_no_json_object_is_named_so(client, body):
    answer = client.post("/api/keywords", content=body, headers=JSON)

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_json"
    assert "application/json" in answer.json()["hint"]


def name_person(number):
    """Name a person, another for each number; digits would be footnote marks."""
    letters = str(number).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"Given{letters} Family{letters}"


@pytest.fixture(scope="module")
def crowd(connect, record, tmp_path_factory):
    """The application with twelve papers of one collaboration of 3,000."""
    people = ", ".join(map(name_person, range(3_000)))
    titles = "Higgs top bottom charm strange muon electron tau pion kaon photon gluon"
    records = [
        record(f"2401.{n:05}", authors=people, title=f"{name} production cross section")
        for n, name in enumerate(titles.split(), start=1)
    ]
    return connect(build_data(records, tmp_path_factory.mktemp("collaboration")))


def test_a_collaboration_is_named_by_its_first_and_the_rest_is_counted(crowd):
    answer = crowd.get("/api/papers/2401.00003/related?limit=100&fields=id")

    found = answer.json()["data"]
    assert len(found) == 11
    for one in found:
        assert one["related"]["authors"] == [name_person(n) for n in range(20)]
        assert one["related"]["more_authors"] == 2_980
        assert one["related"]["more_keywords"] == 0
    assert len(answer.content) < 1_000 * len(found)
    assert crowd.get("/related?like=2401.00003").status_code == 200


def test_asked_again_the_answer_is_the_same_and_little_was_kept(crowd):
    path = "/api/papers/2401.00005/related?limit=100"
    first, again = (crowd.get(path).json() for _ in range(2))
    assert first["data"] == again["data"]
    relater = crowd.app_state["shelf"].library().relater
    assert 0 < relater.remembered_bytes < 20_000
