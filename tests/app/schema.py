"""Whether JSON is as a JSON Schema says: as much of it as our description uses."""

from datetime import date

_KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
_KNOWN = {
    *("$ref", "anyOf", "type", "enum", "const", "format", "items", "properties"),
    *("required", "additionalProperties", "title", "description", "examples"),
}


def mismatches(value, schema, root, place="$"):
    """Return what is not as the schema says. An unlisted property is a mismatch."""
    if schema is True:  # anything will do
        return []
    assert set(schema) <= _KNOWN, f"cannot check {set(schema) - _KNOWN}"
    if "$ref" in schema:
        target = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return mismatches(value, target, root, place)
    if "anyOf" in schema:
        tried = [mismatches(value, option, root, place) for option in schema["anyOf"]]
        return [] if [] in tried else [p for problems in tried for p in problems]
    return _scalar(value, schema, place) + _inside(value, schema, root, place)


def _scalar(value, schema, place):
    kind = schema.get("type")
    if kind and not isinstance(value, _KINDS[kind]):
        return [f"{place} is not of type {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place} is none of {schema['enum']}"]
    if "const" in schema and value != schema["const"]:
        return [f"{place} is not {schema['const']!r}"]
    if schema.get("format") == "date":
        date.fromisoformat(value)
    return []


def _inside(value, schema, root, place):
    if isinstance(value, list) and "items" in schema:
        return [
            problem
            for number, item in enumerate(value)
            for problem in mismatches(item, schema["items"], root, f"{place}[{number}]")
        ]
    if not isinstance(value, dict):
        return []
    problems = [
        f"{place}.{n} is missing" for n in schema.get("required", ()) if n not in value
    ]
    properties, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name, child in value.items():
        inner = properties.get(name, others)
        if not inner:
            problems.append(f"{place}.{name} is not described")
        else:
            problems += mismatches(child, inner, root, f"{place}.{name}")
    return problems
