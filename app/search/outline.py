"""An outline: a query's tree as JSON and pages show it, each part with its name."""

from typing import Any

from index import (
    All,
    AnyOf,
    Days,
    Fuzzy,
    Loose,
    Node,
    Phrase,
    Prefix,
    Term,
    Unscored,
    Without,
)


def outline(node: Node) -> dict[str, Any]:  # noqa: PLR0911  one for each kind of node
    """Return a tree as nested dictionaries, each with one name for what it is."""
    match node:
        case All(nodes=nodes):
            return {"all": [outline(part) for part in nodes]}
        case AnyOf(nodes=nodes):
            return {"any": [outline(part) for part in nodes]}
        case Loose(nodes=nodes):
            return {"loose": [outline(part) for part in nodes]}
        case Unscored(node=part):
            return outline(part)
        case Without(node=part):
            return {"without": outline(part)}
        case Days(first=first, last=last):
            days = {"first": first, "last": last}
            return {
                "days": {k: day.isoformat() if day else None for k, day in days.items()}
            }
        case _:
            return _leaf(node)


def _leaf(leaf: Term | Phrase | Prefix | Fuzzy) -> dict[str, Any]:
    shape: dict[str, Any] = {"field": leaf.field.value, "text": leaf.text}
    match leaf:
        case Phrase(slop=slop):
            return {"phrase": shape | {"slop": slop}}
        case Prefix():
            return {"prefix": shape}
        case Fuzzy(distance=distance):
            return {"fuzzy": shape | {"distance": distance}}
        case Term():
            return {"term": shape}
