"""XML: elements with text that XML allows."""

import re
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
ARXIV = "http://arxiv.org/schemas/atom"
DC = "http://purl.org/dc/elements/1.1/"

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _uri in (("", ATOM), ("arxiv", ARXIV), ("dc", DC)):
    ET.register_namespace(_prefix, _uri)


def make(name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """Return an element; characters that XML forbids are left out."""
    element = ET.Element(name, {k: clean(v) for k, v in attributes.items()})
    if text is not None:
        element.text = clean(text)
    return element


def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    """Append an element to another."""
    parent.append(make(name, text, **attributes))


def clean(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def write(root: ET.Element) -> bytes:
    """Write a document with the prefixes that readers expect."""
    text: bytes = ET.tostring(root, "utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + text
