"""Telling a program that the copy it has is current."""

import pytest

ADDRESSES = [
    "/api/search?q=lattice",
    "/api/search?q=lattice&fields=id&limit=2",
    "/api/papers/hep-th/9711200",
    "/api/categories",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_current_copy_is_not_sent_again(client, address):
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


@pytest.mark.parametrize("held", ['"old", {}', "{},", "*", '  "a"  ,   {}  '], ids=repr)
def test_a_current_copy_is_recognised_among_others(client, held):
    tag = client.get(ADDRESSES[0]).headers["etag"]
    headers = {"If-None-Match": held.format(tag)}
    assert client.get(ADDRESSES[0], headers=headers).status_code == 304


@pytest.mark.parametrize("held", ['W/"other"', '""', "nonsense", "\xff"], ids=repr)
def test_another_copy_is_replaced(client, held):
    headers = {"If-None-Match": held.encode("latin-1")}
    response = client.get(ADDRESSES[0], headers=headers)
    assert response.status_code == 200
    assert response.json()["total"] == 6


def test_different_answers_have_different_tags(client):
    others = [*ADDRESSES, "/api/search?q=Lattice", "/api/papers/1706.03762"]
    tags = {client.get(address).headers["etag"] for address in others}
    assert len(tags) == len(others)


def test_a_tag_belongs_to_one_address(client):
    tag = client.get("/api/papers/1706.03762").headers["etag"]
    headers = {"If-None-Match": tag}
    assert client.get("/api/papers/1406.2661", headers=headers).status_code == 200


def test_a_new_snapshot_makes_copies_outdated(connect, build, record):
    data = build([record("2401.00001")])
    client = connect(data)
    tags = [client.get(a).headers["etag"] for a in ("/api/categories", *ADDRESSES[:1])]
    build([record("2401.00001"), record("2401.00002")], data)
    for address, tag in zip(("/api/categories", *ADDRESSES[:1]), tags, strict=True):
        response = client.get(address, headers={"If-None-Match": tag})
        assert response.status_code == 200
        assert response.headers["etag"] != tag


def test_a_copy_of_a_paper_that_has_left_is_a_404(connect, build, record):
    data = build([record("2401.00001"), record("2401.00002")])
    client = connect(data)
    tag = client.get("/api/papers/2401.00002").headers["etag"]
    build([record("2401.00001")], data)
    headers = {"If-None-Match": tag}
    assert client.get("/api/papers/2401.00002", headers=headers).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_copies_must_be_checked_before_they_are_used(client, address):
    assert client.get(address).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", ["/", "/search?q=a", "/paper/1706.03762"])
def test_pages_are_neither_shared_nor_tagged(client, address):
    headers = client.get(address).headers
    assert headers["cache-control"] == "private, no-cache"
    assert "etag" not in headers


def test_errors_are_not_tagged(client):
    for address in ("/api/papers/1706.99999", "/api/search", "/api/nowhere"):
        assert "etag" not in client.get(address).headers
