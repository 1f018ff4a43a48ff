"""Query parameters: a pydantic model reads, validates and describes them.

FastAPI can do the same with `Annotated[Model, Query()]`; that costs every request
0.4 ms more, a fifth of a search (docs/decisions/web.md).
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

from fastapi import Depends, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from app.web.errors import BadParameter
from index import ArxivId, BadId

MAX_BATCH = 500
"""Papers that one request may fetch."""

MAX_EXPORTED = 5_000
"""Papers that one file of an export may have."""

MAX_LIKED = 100
"""Papers that one request may compare others with."""

MAX_IDS_LENGTH = 3_000
"""Characters of ids in one parameter."""

MAX_VALUE = 200
"""Characters of a filter."""


def _refuse_underscores(value: object) -> object:
    if isinstance(value, str) and "_" in value:  # Python's own way to write numbers
        raise PydanticCustomError("int_parsing", "Input should be a valid integer")
    return value


PLAIN = BeforeValidator(_refuse_underscores)

EMPTY = BeforeValidator(lambda value: None if value == "" else value)
"""Treats an empty form field as unset."""

Value = Annotated[Annotated[str, Field(max_length=MAX_VALUE)] | None, EMPTY]

PaperId = Annotated[str, Path(examples=["1706.03762", "hep-th/9901001"])]
"""An id in a path; those of old papers have a slash."""

Model = TypeVar("Model", bound=BaseModel)


class _Reader:
    """A dependency that reads the query parameters of a model."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model

    async def __call__(self, request: Request) -> BaseModel:
        return read_params(request, self.model)


if TYPE_CHECKING:
    Params: TypeAlias = Annotated[Model, "query parameters"]
else:

    class Params:
        """`Params[Model]` as the type of a route's argument reads the query into it."""

        def __class_getitem__(cls, model: type[BaseModel]) -> object:
            """Return the annotation that FastAPI understands."""
            return Annotated[model, Depends(_Reader(model))]


_SENTENCE = re.compile(r"\.\s|[:;]\s")


class NoParams(BaseModel):
    """The parameters of a route that takes none."""

    model_config = ConfigDict(extra="forbid")


NO_PARAMS = Depends(_Reader(NoParams))
"""Refuses every parameter, as one of a route's `dependencies`."""


class DescribedRoute(APIRoute):
    """A route whose OpenAPI description lists the parameters that it reads.

    Its summary is the first sentence of its docstring.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Describe the parameters of every reader among the dependencies."""
        super().__init__(*args, **kwargs)
        self.summary = _SENTENCE.split(self.description, maxsplit=1)[0].rstrip(".")
        readers = [d.call for d in self.dependant.dependencies]
        described = [_describe_params(r.model) for r in readers if isinstance(r, _Reader)]
        if parameters := [one for some in described for one in some]:
            self.openapi_extra = {"parameters": parameters} | (self.openapi_extra or {})


def read_params(request: Request, model: type[Model]) -> Model:
    """Read the query parameters. Raises RequestValidationError, as FastAPI would.

    A model that forbids unknown parameters forbids repeated ones too; for others the
    last value counts.
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


def read_ids(text: str, param: str, most: int = MAX_LIKED) -> list[str]:
    """Read the ids of a comma-separated list, canonical, each once. Raises BadParameter."""
    written = [part.strip() for part in text.split(",") if part.strip()]
    ids = canonicalize_ids(written, param)
    if len(ids) > most:
        raise BadParameter(
            f"{len(ids)} papers are named", param=param, hint=f"give at most {most}"
        )
    return ids


def canonicalize_ids(written: Iterable[str], param: str) -> list[str]:
    """Return the canonical forms of ids, each once. Raises BadParameter."""
    try:
        return list(dict.fromkeys(ArxivId.parse(text).id for text in written))
    except BadId as error:
        raise BadParameter(str(error), param=param, hint="give arXiv ids") from error


def _describe_params(model: type[BaseModel]) -> list[dict[str, Any]]:
    """Describe a model's fields as OpenAPI query parameters."""
    schema = model.model_json_schema()
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": field.pop("description", ""),
            "schema": _inline_reference(field, schema.get("$defs", {})),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _inline_reference(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Replace a reference by its definition, and drop null: parameters are omitted."""
    field = {key: value for key, value in field.items() if value is not None}
    for choice in field.pop("anyOf", ()):
        if choice.get("type") != "null":
            field |= choice
    name = field.pop("$ref", "").rpartition("/")[2]
    return {**definitions.get(name, {}), **field}
