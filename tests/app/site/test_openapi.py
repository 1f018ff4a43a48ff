"""The description of the API, held against what the API does."""

import pytest

from app.cards.fields import PAPER_FIELDS
from app.main import create_app
from app.settings import Settings
from tests.app.schema import mismatches

ROUTES = {
    ("get", "/api/search"): {"200", "304", "400", "503", "default"},
    ("get", "/api/suggest"): {"200", "304", "400", "503", "default"},
    ("post", "/api/papers/batch"): {"200", "400", "413", "503", "default"},
    ("post", "/api/keywords"): {"200", "400", "413", "503", "default"},
    ("get", "/api/related"): {"200", "304", "400", "404", "503", "default"},
    ("get", "/api/papers/{paper_id}/related"): (
        {"200", "304", "400", "404", "503", "default"}
    ),
    ("get", "/api/papers/{paper_id}/summaries"): (
        {"200", "304", "400", "404", "503", "default"}
    ),
    ("put", "/api/papers/{paper_id}/summaries"): (
        {"200", "201", "400", "401", "403", "404", "413", "503", "default"}
    ),
    ("delete", "/api/papers/{paper_id}/summaries"): (
        {"200", "400", "401", "403", "404", "503", "default"}
    ),
    ("put", "/api/papers/{paper_id}/star"): {"200", "400", "404", "503", "default"},
    ("delete", "/api/papers/{paper_id}/star"): {"200", "400", "404", "503", "default"},
    ("get", "/api/listings/{categories}"): {"200", "304", "400", "503", "default"},
    ("get", "/api/listings/{categories}/days"): {"200", "304", "400", "503", "default"},
    ("get", "/api/export"): {"200", "400", "404", "503", "default"},
    ("post", "/api/export"): {"200", "400", "404", "413", "503", "default"},
    ("get", "/api/papers/{paper_id}"): {"200", "304", "400", "404", "503", "default"},
    ("get", "/api/changes"): {"200", "304", "400", "410", "503", "default"},
    ("get", "/api/changes/new"): {"200", "304", "400", "410", "503", "default"},
    ("get", "/api/categories"): {"200", "304", "400", "503", "default"},
    ("get", "/healthz"): {"200", "503"},
    ("get", "/readyz"): {"200", "503"},
}


OPERATIONS = {
    *("searchPapers", "suggestQueries", "getPaper", "getPapers", "extractKeywords"),
    *("getRelatedPapers", "findRelatedPapers", "listPapers", "countDays"),
    *("listCategories", "exportCitations", "exportList", "starPaper", "unstarPaper"),
    *("getSummaries", "putSummary", "deleteSummaries", "listChanges", "findNewPapers"),
    *("checkHealth", "checkReadiness"),
}
"""Names that generated clients and agents have in their code: none may change."""


@pytest.fixture(scope="module")
def description(client):
    """The OpenAPI document, as programs get it."""
    response = client.get("/api/openapi.json")
    assert response.headers["content-type"] == "application/json"
    return response.json()


def operation(description, method, path):
    return description["paths"][path][method]


def test_every_route_for_programs_is_described_and_no_other(description):
    described = {
        (method, path)
        for path, operations in description["paths"].items()
        for method in operations
    }
    assert described == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_status_is_described_and_no_other(description, method, path):
    responses = operation(description, method, path)["responses"]
    assert set(responses) == ROUTES[method, path]


def test_operations_keep_their_names(description):
    named = [
        o["operationId"] for path in description["paths"].values() for o in path.values()
    ]
    assert len(named) == len(set(named))
    assert set(named) == OPERATIONS


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_summary_is_a_sentence(description, method, path):
    summary = operation(description, method, path)["summary"]
    assert len(summary.split()) > 2
    assert summary[0].isupper()
    assert not summary.endswith(".")


def test_bodies_have_examples(description):
    for name, field in (("BatchRequest", "ids"), ("ExportRequest", "ids")):
        shape = description["components"]["schemas"][name]["properties"][field]
        assert shape["examples"]
    keywords = description["components"]["schemas"]["KeywordsRequest"]
    assert keywords["properties"]["text"]["examples"]


def test_the_description_names_its_server(description, data):
    assert description["servers"] == [{"url": "/"}]
    public = "https://papers.example.org"
    app = create_app(Settings(data_dir=data, public_url=public))
    assert app.openapi()["servers"] == [{"url": public}]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_error_has_the_one_shape(description, method, path):
    shape = {"$ref": "#/components/schemas/ErrorShape"}
    for status, response in operation(description, method, path)["responses"].items():
        if status[0] not in "23":
            assert response["content"]["application/json"]["schema"] == shape


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_says_what_it_does(description, method, path):
    described = operation(description, method, path)
    assert described["summary"]
    assert described["description"]
    assert all(r["description"] for r in described["responses"].values())


def test_every_parameter_of_a_search_is_described(description):
    parameters = operation(description, "get", "/api/search")["parameters"]
    schemas = {p["name"]: p["schema"] for p in parameters}
    assert list(schemas) == (
        "q cat year after before author has withdrawn offset limit cursor sort fields "
        "facets highlight explain mode".split()
    )
    assert not any(p["required"] for p in parameters)  # q, or a filter
    assert schemas["q"]["maxLength"] == 4_000
    assert (schemas["limit"]["maximum"], schemas["limit"]["default"]) == (200, 20)
    assert schemas["sort"]["enum"] == ["relevance", "newest", "oldest"]
    assert "lexical" in (schemas["mode"].get("const"), *schemas["mode"].get("enum", ()))


@pytest.mark.parametrize("route", [route for route in ROUTES if "{paper_id}" in route[1]])
def test_an_id_in_a_path_has_examples_with_and_without_a_slash(description, route):
    parameters = operation(description, *route)["parameters"]
    (parameter,) = (one for one in parameters if one["name"] == "paper_id")
    assert parameter["schema"]["examples"] == ["1706.03762", "hep-th/9901001"]


def test_a_batch_is_described_as_a_list_of_at_most_500_ids(description):
    body = operation(description, "post", "/api/papers/batch")["requestBody"]
    assert body["required"]
    shape = description["components"]["schemas"]["BatchRequest"]
    assert shape["properties"]["ids"]["maxItems"] == 500
    assert shape["additionalProperties"] is False


def test_every_reference_leads_somewhere(description):
    def references(node):
        if isinstance(node, dict):
            yield from (node[key] for key in node if key == "$ref")
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                yield from references(child)

    schemas = description["components"]["schemas"]
    found = {r.removeprefix("#/components/schemas/") for r in references(description)}
    assert found == set(schemas)


ANSWERS = [
    ("/api/search", "/api/search?q=lattice", 200),
    ("/api/search", "/api/search?q=attention+zzzzzz", 200),
    ("/api/search", "/api/search?q=zzzzzz", 200),
    ("/api/search", "/api/search?q=1706.03762+1706.99999&fields=id", 200),
    *(
        ("/api/search", f"/api/search?q=lattice&fields={field}", 200)
        for field in PAPER_FIELDS
    ),
    ("/api/search", "/api/search?q=lattice&facets=1&highlight=1&explain=1", 200),
    ("/api/search", "/api/search?cat=cs&limit=1", 200),
    (
        "/api/search",
        "/api/search?q=attention+-x&explain=true&highlight=true&fields=id",
        200,
    ),
    ("/api/search", "/api/search", 400),
    ("/api/suggest", "/api/suggest?q=att", 200),
    ("/api/suggest", "/api/suggest?q=", 200),
    ("/api/suggest", "/api/suggest", 400),
    ("/api/search", "/api/search?q=a&x=1", 400),
    ("/api/related", "/api/related?like=1706.03762&fields=id", 200),
    ("/api/listings/{categories}", "/api/listings/cs.LG", 200),
    ("/api/listings/{categories}", "/api/listings/cs.LG?fields=id,title", 200),
    ("/api/changes", "/api/changes", 200),
    ("/api/changes", "/api/changes?since=", 200),
    ("/api/changes", "/api/changes?since=&fields=id,title", 200),
    ("/api/changes", f"/api/changes?since={'2' * 41}", 400),
    ("/api/changes/new", "/api/changes/new?since=&q=lattice", 200),
    ("/api/papers/{paper_id}", "/api/papers/1706.03762", 200),
    ("/api/papers/{paper_id}", "/api/papers/2010.10010", 200),
    ("/api/papers/{paper_id}", "/api/papers/hep-th/9711200", 200),
    ("/api/papers/{paper_id}", "/api/papers/nonsense", 404),
    ("/api/categories", "/api/categories", 200),
    ("/healthz", "/healthz", 200),
    ("/readyz", "/readyz", 200),
]


@pytest.mark.parametrize(("path", "address", "status"), ANSWERS)
def test_an_answer_is_as_it_is_described(client, description, path, address, status):
    response = client.get(address)
    assert response.status_code == status
    described = operation(description, "get", path)["responses"][str(status)]
    shape = described["content"]["application/json"]["schema"]
    assert mismatches(response.json(), shape, description) == []


def test_a_batch_is_answered_as_it_is_described(client, description):
    described = operation(description, "post", "/api/papers/batch")
    for ids, status in ((["1706.03762", "x"], 200), (["x"] * 501, 400)):
        response = client.post("/api/papers/batch", json={"ids": ids})
        assert response.status_code == status
        content = described["responses"][str(status)]["content"]
        shape = content["application/json"]["schema"]
        assert mismatches(response.json(), shape, description) == []


def test_another_method_is_answered_with_those_that_are_described(client, description):
    for path, operations in description["paths"].items():
        address = path.replace("{paper_id}", "1706.03762").replace("{categories}", "cs")
        response = client.options(address)
        assert response.status_code == 405
        allowed = set(response.headers["allow"].split(", "))
        assert allowed - {"HEAD"} == {method.upper() for method in operations}
        assert ("HEAD" in allowed) == ("GET" in allowed)


def test_a_search_may_leave_fields_out_but_a_paper_may_not(description):
    schemas = description["components"]["schemas"]
    assert set(schemas["PaperShape"]["required"]) == set(PAPER_FIELDS)
    assert "required" not in schemas["HitShape"]
