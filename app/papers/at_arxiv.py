"""arXiv's own addresses: `/abs/` leads to our page, `/pdf/` and `/html/` to arXiv's."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.web.addresses import redirect
from index import ArxivId, Expression

router = APIRouter(include_in_schema=False)


@router.get("/abs/{paper_id:path}")
def lead_to_paper(request: Request, paper_id: str) -> Response:
    """Lead to the page of a paper. Raises BadId."""
    return redirect(request, f"/paper/{ArxivId.parse(paper_id).id}")


@router.get("/pdf/{paper_id:path}")
def lead_to_pdf(paper_id: str) -> Response:
    """Lead to a paper's PDF at arXiv. Raises BadId."""
    return _lead_to_arxiv("pdf", paper_id.removesuffix(".pdf"))


@router.get("/html/{paper_id:path}")
def lead_to_html(paper_id: str) -> Response:
    """Lead to a paper's HTML at arXiv. Raises BadId."""
    return _lead_to_arxiv("html", paper_id)


@router.get("/list/{categories}")
@router.get("/list/{categories}/{span:path}")
def lead_to_listing(request: Request, categories: str, span: str = "") -> Response:
    """Lead to the latest listing of categories, whatever the span. Raises BadQuery."""
    del span  # new, recent, pastweek, a month: ours begins with the latest day
    return redirect(request, f"/arxiv/{Expression.parse(categories)}")


def _lead_to_arxiv(kind: str, text: str) -> Response:
    paper = ArxivId.parse(text)
    version = f"v{paper.version}" if paper.version else ""
    return RedirectResponse(f"https://arxiv.org/{kind}/{paper.id}{version}", 303)
