"""What a feed of arXiv's API says, read with a parser of XML."""

from xml.etree import ElementTree as ET

NAMES = {
    "": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}


def read(text):
    """Return the root of a feed."""
    return ET.fromstring(text)  # noqa: S314  our own


def entries(text):
    """Return the entries of a feed."""
    return read(text).findall("entry", NAMES)


def ids(text):
    """Return the ids of a feed's papers without the address."""
    found = [entry.findtext("id", "", NAMES) for entry in entries(text)]
    assert all(one.startswith("http://arxiv.org/abs/") for one in found)
    return [one.removeprefix("http://arxiv.org/abs/") for one in found]


def total(text):
    """Return how many papers a feed says there are."""
    return int(read(text).findtext("opensearch:totalResults", "", NAMES))
