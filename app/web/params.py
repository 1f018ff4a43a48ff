"""What a request asks with: query parameters, read and described by a pydantic model.

FastAPI can do the same with `Annotated[Model, Query()]`; it costs every request 0.4 ms
more, a fifth of a search (docs/decisions/web.md).
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from app.cards.shape import PAPER_FIELDS
from app.search.params import MAX_LIKED
from app.web.errors import BadParameter
from index import ArxivId, BadId

Model = TypeVar("Model", bound=BaseModel)


def read_params(request: Request, model: type[Model]) -> Model:
    """Read the query parameters. Raises RequestValidationError, as FastAPI would.

    A model that forbids what it does not know forbids repetitions too; else the last
    one counts.
    """
    given = request.query_params.multi_items()
    is_strict = model.model_config.get("extra") == "forbid"
    names = [name for name, _ in given] if is_strict else []
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise BadParameter(f"{repeated[:40]!r} is given twice", param=repeated[:40])
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        details = [{**e, "loc": ("query", *e["loc"])} for e in error.errors()]
        raise RequestValidationError(details) from error


def fields_of(text: str | None) -> tuple[str, ...]:
    """Return the fields of papers that a list by commas names. Raises BadParameter."""
    if text is None:
        return PAPER_FIELDS
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in PAPER_FIELDS:
            raise BadParameter(
                f"no paper has a field {name[:40]!r}",
                param="fields",
                hint=f"fields are {', '.join(PAPER_FIELDS)}",
            )
    return names


def read_ids(text: str, param: str, most: int = MAX_LIKED) -> list[str]:
    """Return the canonical ids of a list by commas, each once. Raises BadParameter."""
    written = [part.strip() for part in text.split(",") if part.strip()]
    ids = canonical_ids(written, param)
    if len(ids) > most:
        raise BadParameter(
            f"{len(ids)} papers are named", param=param, hint=f"give at most {most}"
        )
    return ids


def canonical_ids(written: Iterable[str], param: str) -> list[str]:
    """Return the canonical forms of ids, each once. Raises BadParameter."""
    try:
        return list(dict.fromkeys(ArxivId.parse(text).id for text in written))
    except BadId as error:
        raise BadParameter(str(error), param=param, hint="give arXiv ids") from error


def described(model: type[BaseModel]) -> dict[str, Any]:
    """Return the parameters as OpenAPI has them, for a route's `openapi_extra`."""
    schema = model.model_json_schema()
    required = schema.get("required", ())
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": field.pop("description", ""),
                "schema": _inlined(field, schema.get("$defs", {})),
            }
            for name, field in schema["properties"].items()
        ]
    }


def _inlined(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Replace a reference by what it refers to; a parameter left out has no null."""
    field = {key: value for key, value in field.items() if value is not None}
    for choice in field.pop("anyOf", ()):
        if choice.get("type") != "null":
            field |= choice
    name = field.pop("$ref", "").rpartition("/")[2]
    return {**definitions.get(name, {}), **field}
