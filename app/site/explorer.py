"""The API explorer: an interactive description of the API."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.web.deps import TemplatesDep

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/api/docs")
async def show_api_docs(request: Request, templates: TemplatesDep) -> Response:
    """Show the interactive description of the API."""
    openapi_url = request.app.openapi_url
    return templates.render(
        request,
        "api-docs.html",
        trusted_types=False,  # Swagger UI writes markup itself
        openapi_url=openapi_url,
    )
