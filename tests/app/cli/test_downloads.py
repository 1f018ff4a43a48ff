"""Models that are not on this machine: nobody is asked for them unless that is allowed."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.app.service import winnow

pytestmark = pytest.mark.neural


@pytest.fixture
def hub():
    """A hub that has nothing, and notes who asks."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def rebuild(dump_file, folder, hub, *options):
    """Build with an encoder of a hub; return how that ended."""
    home = {"HF_HOME": str(folder / "hub"), "HF_ENDPOINT": hub, "HOME": str(folder)}
    command = [winnow(), "rebuild", dump_file, "--data", folder / "data"]
    return subprocess.run(
        [*command, "--encoder", "nobody/nothing", *options],
        env={"PATH": "", "NO_PROXY": "127.0.0.1", **home},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_hub_is_not_asked_for_an_encoder(dump_file, tmp_path, hub):
    url, asked = hub
    done = rebuild(dump_file, tmp_path, url)
    assert done.returncode == 1
    assert "'nobody/nothing' is not on this machine" in done.stderr
    assert "--allow-download" in done.stderr
    assert "Traceback" not in done.stderr
    assert asked == []


def test_a_hub_is_asked_if_that_is_allowed(dump_file, tmp_path, hub):
    url, asked = hub
    done = rebuild(dump_file, tmp_path, url, "--allow-download")
    assert done.returncode == 1
    assert "cannot open the encoder 'nobody/nothing'" in done.stderr
    assert asked
