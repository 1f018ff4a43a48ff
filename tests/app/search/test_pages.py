"""The pages a reader sees: found, empty, bad input, missing."""

import pytest

from tests.app.conftest import CROWD
from tests.app.markup import Markup


def titles(page):
    return [link.text for link in page.all("a", class_="title-link")]


def test_home_has_a_search_box_that_works_without_a_script(client):
    page = Markup(client.get("/").text)
    (form,) = page.all("form")
    assert (form["action"], form["method"]) == ("/search", "get")
    assert page.one("input", type="search")["name"] == "q"


def test_home_says_what_is_in_the_index(client):
    page = Markup(client.get("/").text)
    assert page.one("p", class_="holdings").text == (
        "26 papers, submitted between Feb 1, 1996 and May 1, 2024."
    )
    machine_learning = page.one("a", href="/arxiv/cs.LG").parent.parent
    assert machine_learning.text == "Machine Learning cs.LG 4"


def test_every_category_of_the_home_page_finds_as_many_papers_as_it_says(client):
    page = Markup(client.get("/").text)
    counts = [
        e
        for e in page.all("span", class_="count")
        if e.parent.tag == "li" and e.text.isdigit()
    ]
    assert len(counts) > 20
    for count in counts:
        (link,) = [a for a in page.all("a") if a.parent.parent is count.parent]
        code = link["href"].removeprefix("/arxiv/")
        found = client.get(f"/api/search?cat={code}").json()
        assert found["total"] >= int(count.text)
        assert titles(Markup(client.get(link["href"]).text))


def test_every_example_of_the_home_page_can_be_searched(client):
    page = Markup(client.get("/").text)
    examples = page.one("ul", aria_labelledby="examples-label")
    links = [a for a in page.all("a") if a.parent.parent is examples]
    assert links
    for link in links:
        assert client.get(link["href"]).status_code in (200, 303)


def test_a_search_shows_the_papers_that_match(client):
    response = client.get("/search?q=attention+graph+networks")
    assert response.status_code == 200
    page = Markup(response.text)
    assert titles(page)[0] == "Attention for Graph Networks"
    assert page.all("title")[0].text == "attention graph networks · Winnow"
    assert page.one("input", type="search")["value"] == "attention graph networks"


def test_a_card_has_all_that_a_reader_skims(client):
    page = Markup(client.get("/search?q=maldacena").text)
    (card,) = page.all("div", role="article")
    assert page.one("a", class_="title-link")["href"] == "/paper/hep-th/9711200"
    assert [a.text for a in page.all("a", class_="author")] == ["Juan M. Maldacena"]
    assert page.one("time")["datetime"] == "1997-11-27"
    assert page.one("a", class_="title-pdf")["href"] == (
        "https://arxiv.org/pdf/hep-th/9711200"
    )
    assert "anti-de Sitter" in page.one("p", class_="summary").text
    assert "High Energy Physics - Theory" in page.one("p", class_="subjects").text
    assert card["id"] == "hep-th/9711200"


def test_the_total_is_exact_and_has_its_own_wording_for_one(client):
    assert Markup(client.get("/search?q=lattice").text).one("h1").text == "6 papers"
    assert Markup(client.get("/search?q=maldacena").text).one("h1").text == "1 paper"


def test_a_search_without_a_hit_says_what_to_try(client):
    response = client.get("/search?q=zzzzzz")
    page = Markup(response.text)
    assert response.status_code == 200
    assert page.one("h1").text == "No paper matches"
    advice = page.one("section", class_="nothing")
    assert "without the filter" not in advice.text
    assert not titles(page)


def test_a_search_without_a_hit_can_be_made_without_its_filters(client):
    page = Markup(client.get("/search?q=lattice&cat=cs.CL&year=1901").text)
    advice = page.one("section", class_="nothing")
    assert "Search without the filters." in advice.text
    assert page.all("a", href="/search?q=lattice")


@pytest.mark.parametrize("address", ["/search", "/search?q=", "/search?q=+%09"])
def test_a_search_for_nothing_explains_how_to_search(client, address):
    page = Markup(client.get(address).text)
    assert page.one("h1").text == "How to search"


def test_every_example_of_the_search_help_is_read_as_it_is_explained(client):
    page = Markup(client.get("/search").text)
    links = [e for e in page.all("a") if e.parent.tag == "dt"]
    assert len(links) >= 8
    for link in links:
        response = client.get(link["href"])
        assert response.status_code in (200, 303)
        if response.status_code == 200:
            notices = Markup(response.text).all("ul", class_="notices")
            assert all("have " in n.text for n in notices)


@pytest.mark.parametrize(
    "query",
    [
        "hep-th/9711200",
        "arXiv:hep-th/9711200v3",
        "https://arxiv.org/abs/hep-th/9711200",
        "https://arxiv.org/pdf/hep-th/9711200v2.pdf",
        "10.48550/arXiv.hep-th/9711200",
        "  hep-th/9711200 ",
    ],
)
def test_an_id_or_a_link_in_the_box_goes_straight_to_the_paper(client, query):
    response = client.get("/search", params={"q": query})
    assert response.status_code == 303
    assert response.headers["location"] == "/paper/hep-th/9711200"


def test_several_ids_list_those_papers_in_their_order(client):
    query = "2403.12347, hep-th/9711200 1706.03762"
    page = Markup(client.get("/search", params={"q": query}).text)
    assert [link["href"] for link in page.all("a", class_="title-link")] == [
        "/paper/2403.12347",
        "/paper/hep-th/9711200",
        "/paper/1706.03762",
    ]


def test_papers_listed_by_id_are_not_offered_in_another_order(client):
    page = Markup(client.get("/search?q=1706.03762+2403.12347").text)
    assert not page.all("nav", class_="sort")


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("attention graph", "1 paper"),
        ("attention zzzzzz", "No paper has all the words"),
        ("zzzzzz", "No paper matches"),
        ("lattice", "6 papers"),
    ],
)
def test_a_relaxed_result_is_headed_by_the_papers_that_have_all_words(
    client, query, heading
):
    page = Markup(client.get("/search", params={"q": query}).text)
    assert page.one("h1").text == heading


@pytest.mark.parametrize("query", ["1706.99999", "1706.99999 1706.03762"])
def test_an_id_that_is_not_here_is_named(client, query):
    page = Markup(client.get("/search", params={"q": query}).text)
    notices = page.one("ul", class_="notices")
    assert notices.text == "This index has no paper with the id 1706.99999."


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        (
            "attention zzzzzz",
            "papers have attention, the best matches first.",
        ),
        ("attention graph", "One paper has both words. After it: "),
        ("attention graph networks", "One paper has all 3 words. After it: "),
        ("atention", "No paper has atention, so this is for attention"),
        ("atention OR spin", "Did you mean attention OR spin?"),
        ("ti: attention", "Nothing follows ti: directly"),
        ("🙂 attention", "🙂 has no letter or digit"),
        ("att*tion", "taken literally"),
        ("a*", "give at least 2 letters"),
        ("attention~3", "At most 2 letters of a word may differ"),
        ("graph-based~1", "works for single words"),
        ("cat~2", "at most 1 of its letters may differ"),
        ("ab~1", "too short to be searched for with a letter wrong"),
        ("year:soon attention", "year:soon is no date"),
        ("year:2020..2010", "ends before it begins"),
        ('"attention', "so the phrase goes on to the end"),
        ("(attention", "A parenthesis has no partner"),
        ("foo:attention", "foo: is not a field"),
        ("cat:cs.XX", "cs.XX is not a category of arXiv"),
        ("!!!", "Nothing in the query can be searched for"),
        ("attention OR", "OR joins nothing here"),
        ("word " * 65, "only its first 64 words were used"),
        ("(" * 20 + "word", "more than 16 deep were ignored"),
    ],
)
def test_a_notice_is_put_into_words(client, query, notice):
    page = Markup(client.get("/search", params={"q": query}).text)
    assert notice in page.one("ul", class_="notices").text


def test_a_page_tells_how_the_query_was_understood(client):
    page = Markup(client.get("/search?q=au:maldacena+AND+ti:large").text)
    assert page.all("q")[0].text == "au:maldacena ti:large"


@pytest.mark.parametrize(
    ("sort", "first"), [("newest", "Number 137"), ("oldest", "Number 1")]
)
def test_papers_are_sorted_as_asked(crowded, sort, first):
    page = Markup(crowded.get(f"/search?q=common&sort={sort}").text)
    assert titles(page)[0] == f"A Common Title, {first}"
    assert page.one("a", aria_current="true").text.lower() == sort
    kept = page.all("input", name="sort")
    assert [e["value"] for e in kept] == [sort, sort]  # in the box, and beside the filters


def test_paging_visits_each_paper_once_and_ends(crowded):
    seen, address = [], "/search?q=common&sort=newest"
    while address:
        page = Markup(crowded.get(address).text)
        assert titles(page), f"{address} is empty"
        seen += titles(page)
        step = page.all("a", rel="next")
        address = step[0]["href"] if step else None
    assert len(seen) == len(set(seen)) == CROWD


def test_cards_are_numbered_on_from_the_page_before(crowded):
    page = Markup(crowded.get("/search?q=common&page=2").text)
    assert page.one("ol", class_="papers")["start"] == "21"
    assert page.all("span", class_="number")[0].text == "21"


def test_a_page_beyond_the_last_leads_to_the_last(crowded):
    response = crowded.get("/search?q=common&sort=newest&page=40")
    assert response.status_code == 303
    assert response.headers["location"] == "/search?q=common&sort=newest&page=7"
    assert crowded.get(response.headers["location"]).status_code == 200


def test_a_full_last_page_is_followed_by_none(client, crowded):
    total = int(Markup(crowded.get("/search?q=common").text).one("h1").text.split()[0])
    assert total == CROWD
    assert not Markup(client.get("/search?q=lattice").text).all("nav", class_="pager")
    ids = " ".join(f"2401.{number:05}" for number in range(1, 41))
    page = Markup(crowded.get("/search", params={"q": ids, "page": 2}).text)
    assert page.one("p", class_="place").text == "Page 2 of 2"
    assert not page.all("a", rel="next")


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a&page=0",
        "/search?q=a&page=-1",
        "/search?q=a&page=x",
        "/search?q=a&page=501",
        "/search?q=a&sort=best",
        "/search?q=" + "a" * 4001,
    ],
)
def test_what_cannot_be_searched_gets_a_page_that_says_why(client, address):
    response = client.get(address)
    assert response.status_code == 400
    page = Markup(response.text)
    assert page.one("h1").text == "That request could not be read"
    assert page.one("p", class_="lead").text


def test_a_paper_has_a_page_with_all_its_facts(client):
    response = client.get("/paper/hep-th/9711200")
    assert response.status_code == 200
    page = Markup(response.text)
    assert page.one("h1").text == (
        "The Large N Limit of Superconformal Field Theories and Supergravity"
    )
    facts = dict(
        zip(
            [e.text for e in page.all("dt")],
            [e.text for e in page.all("dd")],
            strict=True,
        )
    )
    assert facts["Comments"] == "20 pages, harvmac; v3: minor changes"
    assert facts["Published in"] == "Adv.Theor.Math.Phys.2:231-252,1998"
    assert facts["DOI"] == "10.1023/A:1026654312961"
    assert facts["Submitted"] == "Nov 27, 1997"
    assert facts["Versions"].startswith("v1 Nov 27, 1997")
    links = [a["href"] for a in page.all("a") if a["rel"]]
    assert "https://arxiv.org/abs/hep-th/9711200" in links
    assert "https://arxiv.org/pdf/hep-th/9711200" in links
    assert "https://doi.org/10.1023/A%3A1026654312961" in links or (
        "https://doi.org/10.1023/A:1026654312961" in links
    )


def test_a_paper_of_which_little_is_known_has_a_page_too(client):
    page = Markup(client.get("/paper/2010.10010").text)
    assert page.one("h1").text == "Everything Else Is Null"
    assert not page.all("a", class_="author")


def test_a_card_folds_the_authors_after_the_fortieth(client):
    page = Markup(client.get("/search?q=2105.04321+2105.04322").text)
    fold = page.one("details", class_="fold")
    (told,) = [s.text for s in page.all("summary") if s.parent is fold]
    assert told == "and 20 more authors"
    folded = [a for a in page.all("a", class_="author") if a.parent.parent is fold]
    assert len(folded) == 20


def test_a_page_of_a_paper_names_up_to_a_hundred_authors_at_once(client):
    page = Markup(client.get("/paper/2105.04321").text)
    assert len(page.all("a", class_="author")) == 60
    assert not page.all("details", class_="fold")


def test_an_author_leads_to_a_search_that_finds_the_paper(client):
    page = Markup(client.get("/paper/1912.00101").text)
    authors = page.all("a", class_="author")
    assert "Erwin Schrödinger" in [a.text for a in authors]
    for author in authors:
        assert "/paper/1912.00101" in client.get(author["href"]).text


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        ("1706.03762v5", "1706.03762"),
        ("arXiv:1706.03762", "1706.03762"),
        ("https://arxiv.org/abs/1706.03762", "1706.03762"),
        ("https%3A%2F%2Farxiv.org%2Fpdf%2F1706.03762v1.pdf", "1706.03762"),
        ("hep-th/9711200v1", "hep-th/9711200"),
        ("HEP-TH/9711200", "hep-th/9711200"),
        ("math.GT/0309136", "math/0309136"),
        ("10.48550/arXiv.1706.03762", "1706.03762"),
        ("0704.00001", "0704.0001"),
    ],
)
def test_other_forms_of_an_id_lead_to_the_one_address(client, form, canonical):
    response = client.get(f"/paper/{form}")
    assert response.status_code == 301
    assert response.headers["location"] == f"/paper/{canonical}"
    assert client.get(response.headers["location"]).status_code == 200


def test_a_slash_of_an_old_id_may_be_encoded(client):
    response = client.get("/paper/hep-th%2F9711200")
    assert response.status_code == 200
    assert "Large N Limit" in response.text


def test_old_ids_with_one_number_are_different_papers(client):
    assert "Parsing Free Word Order" in client.get("/paper/cmp-lg/9808001").text
    assert "Routing Around Congestion" in client.get("/paper/cs/9808001").text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/paper/1706.99999", "This index has no paper with that id."),
        ("/paper/hep-th/9901999", "This index has no paper with that id."),
        ("/paper/nonsense", "That is not the id of an arXiv paper."),
        ("/paper/", "That is not the id of an arXiv paper."),
        ("/paper", "No page has this address."),
        ("/nowhere", "No page has this address."),
    ],
)
def test_what_is_not_here_gets_a_page_that_helps(client, address, words):
    response = client.get(address)
    assert response.status_code == 404
    page = Markup(response.text)
    assert page.one("h1").text == "There is nothing here"
    assert page.one("p", class_="lead").text.startswith(words)
    assert page.one("input", type="search")
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_a_page_cannot_be_posted_to(client):
    response = client.post("/search?q=a")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert Markup(response.text).one("h1").text == "That cannot be done here"


def test_the_api_has_a_page_that_reads_without_a_script(client):
    response = client.get("/api/docs")
    assert response.status_code == 200
    page = Markup(response.text)
    assert page.one("h1").text == "The JSON API"
    assert page.one("div", id="swagger-ui")["data-openapi-url"] == "/api/openapi.json"
    assert page.one("noscript").text
    assert page.one("a", href="/api/openapi.json")


def test_robots_are_kept_out_of_endless_searches(client):
    response = client.get("/robots.txt")
    assert response.headers["content-type"].startswith("text/plain")
    assert "Disallow: /search" in response.text


def test_a_browser_that_guesses_the_icon_finds_it(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 307
    icon = client.get(response.headers["location"])
    assert icon.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize("address", ["/", "/search?q=a", "/paper/1706.03762"])
def test_without_a_snapshot_pages_say_that_the_index_is_not_ready(empty, address):
    response = empty.get(address)
    assert response.status_code == 503
    page = Markup(response.text)
    assert page.one("h1").text == "The index is not ready yet"
    assert page.one("p", class_="lead").text == "Nothing has been indexed yet."


def test_without_a_snapshot_what_needs_none_is_served(empty):
    for address in ("/api/docs", "/robots.txt", "/api/openapi.json"):
        assert empty.get(address).status_code == 200


def chips(page):
    return {e.text: e["href"] for e in page.all("a", class_="chip")}


def test_every_filter_is_a_chip_that_takes_it_away(client):
    address = (
        "/search?q=lattice&cat=cs.LG,cond-mat&year=1990..2025&after=1990&before=2026"
        "&author=Bello&has=doi"
    )
    page = Markup(client.get(address).text)
    assert len(chips(page)) == 7
    for text, href in chips(page).items():
        assert text.startswith("Remove filter:")
        assert len(href) < len(address)
        assert "q=lattice" in href
        assert len(chips(Markup(client.get(href).text))) == 6
    clear = page.one("a", class_="clear")["href"]
    assert clear == "/search?q=lattice"


def test_a_search_without_filters_has_no_chips(client):
    page = Markup(client.get("/search?q=lattice&cat=&year=&after=&has=&author=").text)
    assert chips(page) == {}
    assert page.one("h1").text == "6 papers"


def test_filters_alone_show_their_papers(client):
    page = Markup(client.get("/search?cat=cs.LG").text)
    assert page.one("h1").text == "4 papers"
    assert page.one("input", type="search")["value"] == ""


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("/search?q=lattice&cat=nope", "such as cs.LG"),
        ("/search?q=lattice&year=soon", "write 2019 or 2019..2023"),
        ("/search?q=lattice&has=pdf", "doi"),
        ("/search?q=lattice&page=0", "write 1 or more"),
        ("/search?q=lattice&author=%3F", "no letter"),
    ],
)
def test_a_bad_filter_is_explained_and_the_query_kept(client, address, advice):
    response = client.get(address)
    assert response.status_code == 400
    page = Markup(response.text)
    assert advice in page.one("p", class_="lead").text
    assert page.one("input", type="search")["value"] == "lattice"


def test_the_counts_of_a_result_lead_to_its_parts(client):
    page = Markup(client.get("/search?q=lattice&sort=newest").text)
    bars = [a for a in page.all("a") if a.parent.parent["class"] == "bars"]
    assert bars
    for bar in bars:
        name, _, papers = bar.text.rpartition(" ")
        assert name
        found = Markup(client.get(bar["href"]).text).one("h1").text
        assert found == f"{papers} paper{'s' * (papers != '1')}"
        assert "sort=newest" in bar["href"]


def test_each_year_of_the_picture_is_a_link_to_its_papers(client):
    page = Markup(client.get("/search?q=lattice").text)
    years = [a for a in page.all("a") if a["data-year"]]
    assert years
    counts = {int(a["data-year"]): a["aria-label"].rpartition(": ")[2] for a in years}
    assert list(counts) == list(range(min(counts), max(counts) + 1))
    assert sum(map(int, counts.values())) == 6
    href = next(a["href"] for a in years if a["data-year"] == f"{max(counts)}")
    assert Markup(client.get(href).text).one("h1").text.startswith(counts[max(counts)])


def test_what_matches_is_marked(client):
    page = Markup(client.get("/search?q=lattice").text)
    marks = {e.text.lower() for e in page.all("mark")}
    assert marks
    assert all(mark.startswith("lattice") for mark in marks)


def test_a_reader_can_see_how_papers_were_found(client):
    page = Markup(client.get("/search?q=attention+zzzzzz+-spin&explain=1").text)
    how = page.one("details", class_="how").text
    assert "All of the query: 0 papers" in how
    assert "without: spin, in any field" in how
    assert page.all("p", class_="scores")[0].text.startswith("score ")
    plain = Markup(client.get("/search?q=attention+zzzzzz").text)
    assert plain.all("p", class_="scores") == []
    shown = next(a for a in plain.all("a") if "explain=1" in (a["href"] or ""))
    assert client.get(shown["href"]).status_code == 200


def test_more_papers_than_a_file_has_are_told(client, monkeypatch):
    monkeypatch.setattr("app.search.page.MAX_EXPORTED", 2)
    page = client.get("/search?q=the").text
    assert "The first 2 of" in page
    assert 'data-most="2"' in page
