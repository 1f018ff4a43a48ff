"""What a page is made of, read strictly: an unbalanced tag is an error."""

from html.parser import HTMLParser
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


class Element:
    """A tag with its attributes, and the text below it."""

    def __init__(self, tag, attributes, parent):
        """Begin with no text."""
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.parts = []

    def __getitem__(self, name):
        """Return an attribute, or None."""
        return self.attributes.get(name)

    @property
    def text(self):
        """The text below, white space collapsed."""
        return " ".join("".join(self.parts).split())


class Markup(HTMLParser):
    """A parsed page."""

    def __init__(self, text):
        """Parse a page to its end."""
        super().__init__(convert_charrefs=True)
        self.elements, self.doctype, self._open = [], None, []
        self.feed(text)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def all(self, *tags, **attributes):
        """Return the elements of those tags that have these attributes."""
        wanted = {_html(name): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if (not tags or element.tag in tags)
            and all(
                value in (element[name] or "").split()
                if name == "class"
                else element[name] == value
                for name, value in wanted.items()
            )
        ]

    def one(self, *tags, **attributes):
        """Return the only such element."""
        (found,) = self.all(*tags, **attributes)
        return found

    def handle_decl(self, decl):
        """Remember the document type."""
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute"
        element = Element(tag, dict(attrs), self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        """Open and close an element, as SVG writes it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        """Add text to all that is open."""
        for element in self._open:
            element.parts.append(data)


def within(page, element, *tags, **attributes):
    """Return the elements below one that have these attributes."""

    def is_below(one):
        while (one := one.parent) is not None:
            if one is element:
                return True
        return False

    return [one for one in page.all(*tags, **attributes) if is_below(one)]


def _html(name):
    """Spell `class_` and `aria_label` as HTML does."""
    return name.strip("_").replace("_", "-")
