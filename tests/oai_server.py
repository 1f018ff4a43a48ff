"""An OAI-PMH server on this machine that behaves as arXiv's does, for tests.

As arXiv's: days only, 2005-09-16 the earliest; a page of 2,500 records unless a test says
otherwise; a resumption token is an address's query, percent-encoded, which must be
encoded once more to be sent back, and expires at midnight; the last page of several has
an empty token; nothing in a span of days is `noRecordsMatch`. Papers are made up.

`answers` are given before any other, in turn: bytes, or a function that gets the
request's handler and may do what it likes.
"""

import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

EARLIEST = date(2005, 9, 16)
FIELDS = "id submitter title authors categories comments report-no journal-ref doi license"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2026-11-29T00:00:00Z</responseDate>
<request verb="ListRecords">http://localhost/oai</request>
"""
FOOT = "\n</OAI-PMH>\n"


def paper(number, day="2026-11-02", **fields):
    """A made-up record: the fields of arXivRaw, its datestamp, its sets."""
    return {
        "id": f"2611.{number:05}",
        "datestamp": day,
        "sets": ["cs:cs:LG"],
        "submitter": "Ada Lovelace",
        "versions": [("v1", "Mon, 02 Nov 2026 17:00:00 GMT", "D")],
        "title": f"Harvested paper {number}",
        "authors": "Ada Lovelace, Ren\\'e Thom",
        "categories": "cs.LG math.AT",
        "abstract": f"  We harvest paper {number} & see $x<y$.\n",
    } | {name.replace("_", "-"): value for name, value in fields.items()}


def from_dump(record):
    """Make a record of arXivRaw from one of a dump."""
    named = {*FIELDS.split(), "abstract"}
    texts = {name: text for name, text in record.items() if name in named and text}
    versions = [(v["version"], v["created"], "D") for v in record.get("versions") or []]
    day = max(record.get("update_date") or "", EARLIEST.isoformat())
    return texts | {"versions": versions, "datestamp": day, "sets": ["cs"]}


def write_record(one):
    """Write a record as arXiv does; one that is `deleted` has a header only."""
    sets = "".join(f"<setSpec>{name}</setSpec>" for name in one["sets"])
    status = ' status="deleted"' if one.get("deleted") else ""
    head = (
        f"<record><header{status}><identifier>oai:arXiv.org:{one['id']}</identifier>"
        f"<datestamp>{one['datestamp']}</datestamp>{sets}</header>"
    )
    if one.get("deleted"):
        return f"{head}</record>"
    versions = "".join(
        f"<version version={quoteattr(name)}><date>{day}</date><size>9kb</size>"
        f"<source_type>{kind}</source_type></version>"
        for name, day, kind in one["versions"]
    )
    named = [name for name in (*FIELDS.split(), "abstract") if name in one]
    fields = {name: f"<{name}>{escape(one[name])}</{name}>" for name in named}
    first = fields.pop("id") + fields.pop("submitter", "")
    return (
        f'{head}<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">{first}'
        f"{versions}{''.join(fields.values())}</arXivRaw></metadata></record>"
    )


def write_page(records, token=None):
    """Write an answer; a token of "" is the empty element that ends several pages."""
    end = "" if token is None else f"<resumptionToken>{escape(token)}</resumptionToken>"
    body = "".join(map(write_record, records))
    return f"{HEAD}<ListRecords>{body}{end}</ListRecords>{FOOT}".encode()


def write_error(code, words="as a test wants it"):
    return f"{HEAD}<error code={quoteattr(code)}>{escape(words)}</error>{FOOT}".encode()


class OaiServer:
    """The server. `requests` are the queries that came, `agents` who sent them."""

    def __init__(self, papers=(), page=2_500):
        self.papers = list(papers)
        self.page = page
        self.answers = []
        self.requests, self.agents = [], []
        self.day = 0  # tokens of another day have expired
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"oai": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/oai"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def midnight(self):
        """Let all tokens expire."""
        self.day += 1

    @property
    def asked(self):
        """The parameters of each request, tokens as they were sent, decoded once."""
        return [{k: v[0] for k, v in parse_qs(q).items()} for q in self.requests]

    def next_answer(self, query, agent):
        with self._lock:
            self.requests.append(query)
            self.agents.append(agent)
            return self.answers.pop(0) if self.answers else None

    def answer(self, query):
        """Answer a query as arXiv's server does."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if asked.pop("verb", None) != "ListRecords":
            return write_error("badVerb")
        skip = 0
        if "resumptionToken" in asked:
            token = asked["resumptionToken"]
            asked = {k: v[0] for k, v in parse_qs(unquote(token)).items()}
            if "%" not in token or asked.pop("day", "") != str(self.day):
                return write_error("badResumptionToken")
            skip = int(asked.pop("skip"))
        if asked.pop("metadataPrefix", None) != "arXivRaw":
            return write_error("cannotDisseminateFormat")
        try:
            since = date.fromisoformat(asked.get("from", EARLIEST.isoformat()))
        except ValueError:
            return write_error("badArgument", "from is no day")
        if since < EARLIEST:
            return write_error("badArgument", "start date too early")
        return self._list(since, asked.get("set", ""), skip)

    def _list(self, since, within, skip):
        chosen = [
            one
            for one in sorted(self.papers, key=lambda one: one["datestamp"])
            if one["datestamp"] >= since.isoformat()
            and (not within or any(f"{s}:".startswith(f"{within}:") for s in one["sets"]))
        ]
        if not chosen:
            return write_error("noRecordsMatch")
        end = skip + self.page
        token = "" if skip else None
        if end < len(chosen):
            token = {"metadataPrefix": "arXivRaw", "from": since.isoformat(), "skip": end}
            token |= {"set": within} if within else {}
            token = quote(urlencode(token | {"day": self.day}))
        return write_page(chosen[skip:end], token)


class _Handler(BaseHTTPRequestHandler):
    oai: OaiServer

    def do_GET(self):
        query = urlsplit(self.path).query
        answer = self.oai.next_answer(query, self.headers["User-Agent"])
        if callable(answer):
            answer(self)
        else:
            self.send(answer or self.oai.answer(query))

    def send(self, body, status=200, **headers):
        """Send an answer; a name of a header has _ for -."""
        self.send_response(status)
        headers = {"Content-Type": "text/xml", "Content-Length": str(len(body))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def failing(status, **headers):
    """An answer with an HTTP status, such as 503 with Retry_After."""
    return lambda handler: handler.send(b"<html>no</html>", status, **headers)


def http_date(moment):
    return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def now():
    return datetime.now(UTC)
