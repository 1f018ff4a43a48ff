"""What the tests of the web service and the command line share."""

from contextlib import ExitStack
from functools import partial

import jinja2
import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.app.service import Service, eventually
from tests.building import build_data

CROWD = 137


class Compiled(jinja2.BytecodeCache):
    """Templates that another application of this process has compiled, by language."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get(self.name(bucket))

    def dump_bytecode(self, bucket):
        self.kept[self.name(bucket)] = bucket.code

    @staticmethod
    def name(bucket):
        return bucket.environment.globals["lang"], bucket.key, bucket.checksum


@pytest.fixture(scope="session", autouse=True)
def compile_once():
    """Let all applications that tests start share what Jinja compiled."""
    with pytest.MonkeyPatch.context() as patch:
        kept = partial(jinja2.Environment, bytecode_cache=Compiled())
        patch.setattr("app.web.templates.Environment", kept)
        yield


def is_opening(health):
    """Tell from an answer about health whether the encoder is not open yet."""
    return "being opened" in health.get("problem", "")


@pytest.fixture(scope="session")
def connect():
    """Start the real application on a data directory, in this process."""
    with ExitStack() as opened:

        def start(data):
            app = create_app(Settings(data_dir=data))
            client = opened.enter_context(TestClient(app, follow_redirects=False))
            eventually(lambda: not is_opening(client.get("/healthz").json()))
            return client

        yield start


@pytest.fixture(scope="session")
def client(connect, data):
    """The application with the small dump."""
    return connect(data)


@pytest.fixture(scope="session")
def empty(connect, tmp_path_factory):
    """The application with nothing built yet."""
    return connect(tmp_path_factory.mktemp("empty") / "data")


@pytest.fixture(scope="session")
def crowded(connect, record, tmp_path_factory):
    """The application with 137 papers that all match `common`, of as many days."""
    directory = tmp_path_factory.mktemp("crowd")
    records = [
        record(
            f"2401.{number:05}",
            title=f"A Common Title, Number {number}",
            versions=[{"version": "v1", "created": _created(number)}],
        )
        for number in range(1, CROWD + 1)
    ]
    return connect(build_data(records, directory))


def _created(number):
    """A version's date as arXiv writes it: the higher the number, the later."""
    return f"{number % 28 + 1} Jan {1995 + number // 28} 10:00:00 GMT"


@pytest.fixture
def service(tmp_path_factory):
    """Start `winnow serve` as a process of its own; it is stopped after the test."""
    with ExitStack() as started:

        def start(data, *options, **environment):
            log = tmp_path_factory.mktemp("service") / "log"
            process = Service(data, log, *options, **environment)
            return started.enter_context(process)

        yield start
