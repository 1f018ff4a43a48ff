"""The JSON route for categories."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.web.deps import LibraryDep
from app.web.params import NO_PARAMS, DescribedRoute
from app.web.responses import BAD, EVERYWHERE, SAME, answer, answer_unchanged
from index import ALIASES, CATEGORIES

router = APIRouter(
    prefix="/api", tags=["papers"], responses=EVERYWHERE, route_class=DescribedRoute
)


class CategoryShape(BaseModel):
    """A category of arXiv, with the number of papers here, cross-lists included."""

    code: str = Field(examples=["cs.LG"])
    name: str
    archive: str
    group: str
    successor: str | None = Field(description="The category that replaced an archive.")
    papers: int = Field(
        description="Papers with this very code; those of an archive that has categories "
        "are from before it had them. A search for the archive finds all."
    )


class CategoriesAnswer(BaseModel):
    """All categories, including those without papers."""

    data: list[CategoryShape]


@router.get(
    "/categories",
    operation_id="listCategories",
    responses={200: {"model": CategoriesAnswer}, 304: SAME, 400: BAD},
    response_class=Response,
    dependencies=[NO_PARAMS],
)
def list_categories(request: Request, library: LibraryDep) -> Response:
    """Return arXiv's categories with the number of papers in each."""
    if same := answer_unchanged(request, library):
        return same
    counts = library.manifest.categories
    data = [
        {
            "code": category.code,
            "name": category.name,
            "archive": category.archive,
            "group": category.group,
            "successor": category.successor,
            "papers": counts.get(category.code, 0),
        }
        for category in CATEGORIES.values()
        if category.code not in ALIASES
    ]
    return answer(request, library, {"data": data})
