"""How large a request may be."""

import pytest

from app.web.limits import MAX_BODY

BATCH = "/api/papers/batch"
JSON = {"Content-Type": "application/json"}


def body(size):
    """A batch for one paper, padded with white space to a size."""
    text = b'{"ids": ["1706.03762"]}'
    return text + b" " * (size - len(text))


def in_pieces(content, size=100_000):
    for start in range(0, len(content), size):
        yield content[start : start + size]


def test_a_body_of_the_largest_size_is_read(client):
    response = client.post(BATCH, content=body(MAX_BODY), headers=JSON)
    assert response.status_code == 200
    assert response.json()["data"][0]["id"] == "1706.03762"


@pytest.mark.parametrize("send", [bytes, in_pieces], ids=["at once", "in pieces"])
def test_a_larger_body_is_refused(client, send):
    response = client.post(BATCH, content=send(body(MAX_BODY + 1)), headers=JSON)
    assert response.status_code == 413
    error = response.json()
    assert error["error"] == "too_large"
    assert "1,048,576 bytes" in error["message"]
