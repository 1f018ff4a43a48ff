"""Programs that are made for arXiv's API, unmodified but for the base address."""

import json
import os
import subprocess
import sys

import pytest

from tests.app.arxiv_api.papers import MANY

pytestmark = pytest.mark.long

ARXIV_PY = """
import json, sys, arxiv
url = sys.argv[1]
client = arxiv.Client(page_size=7, delay_seconds=0, num_retries=1)
client.query_url_format = url + "/api/query?{}"
search = arxiv.Search
sort, way = arxiv.SortCriterion, arxiv.SortOrder

def ids(asked, **options):
    return [paper.get_short_id() for paper in client.results(asked, **options)]

one = next(client.results(search(id_list=["hep-th/9711200"])))
known = next(client.results(search(id_list=["1706.03762v5"])))
try:
    ids(search(id_list=["abc"]))
    refused = 0
except arxiv.HTTPError as error:
    refused = error.status
print(json.dumps({
    "all": ids(search("ti:lattice", max_results=None)),
    "oldest": ids(search("ti:lattice", max_results=9, sort_by=sort.SubmittedDate,
                         sort_order=way.Ascending)),
    "updated": ids(search("ti:lattice", max_results=9, sort_by=sort.LastUpdatedDate)),
    "offset": ids(search("ti:lattice", max_results=12, sort_by=sort.SubmittedDate),
                  offset=5),
    "none": ids(search("ti:unheard")),
    "ids": ids(search(id_list=["1706.03762", "2401.99999", "2402.00001"])),
    "both": ids(search("cat:cs.CL", id_list=["1706.03762", "2402.00001"])),
    "dates": [known.published.isoformat(), known.updated.isoformat(),
              known.get_short_id()],
    "one": [one.title, [str(a) for a in one.authors], one.primary_category, one.categories,
            one.comment, one.journal_ref, one.doi, one.pdf_url],
    "refused": refused,
}))
"""


def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


@pytest.fixture(scope="module")
def install(tmp_path_factory):
    """Install packages into an environment of their own; return a way to run code there."""

    def make(*packages):
        venv = tmp_path_factory.mktemp("client") / "venv"
        python = venv / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        command = [python, "-m", "pip", "install", "--quiet", *packages]
        done = subprocess.run(command, capture_output=True, text=True, env=environment())
        if done.returncode:
            pytest.skip(f"cannot install {', '.join(packages)}: {done.stderr[-500:]}")

        def run(code, *arguments):
            done = subprocess.run(
                [python, "-c", code, *arguments],
                capture_output=True,
                text=True,
                cwd=venv,
                env=environment(),
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return json.loads(done.stdout.splitlines()[-1])

        return run

    return make


@pytest.mark.parametrize("version", ["4.0.2", "3.0.0", "2.4.1"])
def test_arxiv_py_reads_pages_orders_versions_and_errors(
    install, service, api_data, version
):
    run = install(f"arxiv=={version}")

    found = run(ARXIV_PY, service(api_data).url)

    lattices = [f"2403.{number:05}v2" for number in range(1, MANY + 1)]
    assert sorted(found["all"]) == lattices
    assert found["oldest"] == lattices[:9]
    assert found["updated"] == lattices[:9]
    assert found["offset"] == lattices[::-1][5:12]
    assert found["none"] == []
    assert found["ids"] == ["1706.03762v7", "2402.00001v1"]
    assert found["both"] == ["1706.03762v7"]
    assert found["dates"] == [
        "2017-06-12T17:57:34+00:00",
        "2017-12-06T03:30:32+00:00",
        "1706.03762v5",
    ]
    assert found["one"][1:] == [
        ["Juan M. Maldacena"],
        "hep-th",
        ["hep-th"],
        "20 pages, harvmac",
        "Phys. Rev. D 2 (1998) 231",
        found["one"][6],
        found["one"][7],
    ]
    assert found["one"][0].startswith("The Large N Limit")
    assert found["one"][6].startswith("10.")
    assert "arxiv.org/pdf/hep-th/9711200v1" in found["one"][7]
    assert found["refused"] == 400


PAPER_SEARCH = """
import json, sys
from paper_search_mcp.academic_platforms.arxiv import ArxivSearcher
ArxivSearcher.BASE_URL = sys.argv[1] + "/api/query"
papers = ArxivSearcher().search("lattice", max_results=30)
print(json.dumps([[p.paper_id, p.title, p.published_date.isoformat(), p.pdf_url,
                   p.categories] for p in papers]))
"""


def test_paper_search_mcp_reads_every_entry(install, service, api_data):
    run = install("paper-search-mcp==0.1.4")

    found = run(PAPER_SEARCH, service(api_data).url)

    assert len(found) == MANY
    ids = {paper_id.partition("v")[0] for paper_id, *_ in found}
    assert ids == {f"2403.{number:05}" for number in range(1, MANY + 1)}
    for _, title, day, pdf, categories in found:
        assert title.startswith("A lattice of kind")
        assert day.startswith("2024-03-04T12:")
        assert "arxiv.org/pdf/2403." in pdf
        assert categories == ["math.CO"]


ARXIV_MCP = """
import asyncio, json, sys
from arxiv_mcp_server.tools import export_citations, get_abstract, search
for module in (export_citations, get_abstract, search):
    module.ARXIV_API_URL = sys.argv[1] + "/api/query"

def ask(handle, **arguments):
    return json.loads(asyncio.run(handle(arguments))[0].text)

print(json.dumps({
    "found": ask(search.handle_search, query="ti:lattice", max_results=5, start=5,
                 sort_by="date"),
    "dated": ask(search.handle_search, query="attention", max_results=5,
                 date_from="2017-06-01", date_to="2017-06-30", categories=["cs.CL"]),
    "none": ask(search.handle_search, query="ti:unheard", max_results=5),
    "paper": ask(get_abstract.handle_get_abstract, paper_id="1706.03762v5"),
    "missing": ask(get_abstract.handle_get_abstract, paper_id="2401.99999"),
    "cited": ask(export_citations.handle_export_citations,
                 paper_ids=["1706.03762v5", "hep-th/9711200", "1706.03762v6"]),
}))
"""


def test_arxiv_mcp_server_searches_reads_and_cites(install, service, api_data):
    run = install("arxiv-mcp-server==0.8.2")

    found = run(ARXIV_MCP, service(api_data).url)

    assert found["found"]["total_results"] == MANY
    newest = [f"2403.{number:05}" for number in range(MANY, 0, -1)]
    ids = [paper["id"].partition("v")[0] for paper in found["found"]["papers"]]
    assert ids == newest[5:10]
    dated = [paper["id"].partition("v")[0] for paper in found["dated"]["papers"]]
    assert dated == ["1706.03762"]
    assert found["none"]["total_results"] == 0
    assert found["paper"]["status"] == "success"
    assert "Transformer" in json.dumps(found["paper"])
    assert found["missing"]["status"] == "error"
    cited = json.dumps(found["cited"])
    assert "1706.03762" in cited
    assert "9711200" in cited
    assert cited.count("not found on arXiv") == 1
