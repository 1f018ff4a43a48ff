"""Papers that have what programs of arXiv's API stumble over, and a service with them."""

from contextlib import contextmanager

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.building import build_data

MANY = 30
"""Papers of one kind, of as many minutes."""


def make_records(record):
    """Yield records: a well known paper, odd ones, and many alike."""
    known = record(
        "1706.03762",
        title="Attention Is All You\n  Need",
        authors="Ashish Vaswani, Noam Shazeer, Łukasz Kaiser",
        abstract="  We propose the Transformer, with $O(n^2)$ cost & no <recurrence>.\n",
        categories="cs.CL cs.LG",
        comments="15 pages, 5 figures",
        versions=[
            {"version": "v1", "created": "Mon, 12 Jun 2017 17:57:34 GMT"},
            {"version": "v2", "created": "Mon, 19 Jun 2017 16:49:45 GMT"},
            {"version": "v5", "created": "Wed, 6 Dec 2017 03:30:32 GMT"},
            {"version": "v7", "created": "Wed, 2 Aug 2023 00:41:18 GMT"},
        ],
    )
    yield known
    physics = record(
        "hep-th/9711200",
        title="The Large N Limit of Superconformal Field Theories",
        authors="Juan M. Maldacena",
        categories="hep-th",
        comments="20 pages, harvmac",
        journal_ref="Phys. Rev. D 2 (1998) 231",
        doi="10.1023/A:1026654312961 10.4310/ATMP<1998>.v2.n2.a1",
        versions=[{"version": "v1", "created": "Thu, 27 Nov 1997 23:54:00 GMT"}],
    )
    yield physics | {"report-no": "HUTP-97/A097"}
    yield record("2401.00003", title="An Odd \x0bPaper \ufffe", authors="", categories="")
    yield record(
        "2402.00001", title="A convolution of electrons", abstract="Nothing of protons."
    )
    yield record("2402.00002", title="Electrons alone", abstract="A neutron.")
    yield record("2402.00003", title="Auctions", categories="econ.TH")
    for number in range(1, MANY + 1):
        yield record(
            f"2403.{number:05}",
            title=f"A lattice of kind {number}",
            abstract="The graphs of a lattice are many.",
            categories="math.CO",
            versions=[
                {"version": "v1", "created": f"4 Mar 2024 12:{number:02}:30 GMT"},
                {"version": "v2", "created": f"{31 - number} May 2024 08:00:00 GMT"},
            ],
        )


def build(record, directory):
    """Build a library of the papers; return its data directory."""
    return build_data(make_records(record), directory)


@contextmanager
def serve(data, **settings):
    """Run the application on a data directory, in this process."""
    app = create_app(Settings(data_dir=data, **settings))
    with TestClient(app, follow_redirects=False) as client:
        yield client
