"""The examples of proxies do what the manual promises, within Winnow's own bounds."""

import re
import shutil
import socket
import subprocess
import textwrap
from pathlib import Path

import httpx2
import pytest

from app.serving.bounds import Bounds
from app.web.limits import MAX_BODY, MAX_PARAMETERS
from tests.app.service import eventually

ROOT = Path(__file__).parents[3]
OPERATING = (ROOT / "docs/operating.md").read_text()
NGINX = (ROOT / "docs/proxies/nginx.conf").read_text()
CADDY = (ROOT / "docs/proxies/Caddyfile").read_text()
_TABLE = OPERATING.partition("| duty | nginx | Caddy |")[2].partition("\n\n")[0]
DUTIES = re.findall(r"^\| ((?!--)[^|]+) \| ([^|]+) \| ([^|]+) \|$", _TABLE, re.MULTILINE)


def without_comments(text):
    return re.sub(r"#.*", "", text)


def test_the_manual_names_what_a_proxy_must_do():
    assert len(DUTIES) == 10


@pytest.mark.parametrize(("duty", "nginx", "caddy"), DUTIES)
def test_the_examples_do_what_the_manual_promises(duty, nginx, caddy):
    for promised, example in ((nginx, NGINX), (caddy, CADDY)):
        directives = re.findall("`([^`]+)`", promised)
        assert directives or promised in ("by itself", "needs a plug-in"), duty
        for directive in directives:
            assert directive in without_comments(example), duty


def test_proxies_are_more_impatient_than_winnow_and_take_what_it_takes():
    bounds = Bounds()
    idle = re.findall(
        r"upstream.*?keepalive_timeout (\d+)s|keepalive (\d+)s", NGINX + CADDY, re.DOTALL
    )
    assert [int(a or b) < bounds.idle_s for a, b in idle] == [True, True]
    head = re.findall(r"client_header_timeout (\d+)s|read_header (\d+)s", NGINX + CADDY)
    assert [int(a or b) <= bounds.head_s for a, b in head] == [True, True]
    assert bounds.head_bytes == 64 << 10
    assert MAX_BODY == 1 << 20


@pytest.mark.parametrize(
    "bound",
    [
        f"{Bounds().head_bytes >> 10} KiB of address and headers",
        f"{MAX_PARAMETERS} parameters",
        f"{MAX_BODY >> 20} MiB of body",
        f"{Bounds().head_s:.0f} s for a head, {Bounds().body_s:.0f} s for a body",
        f"{Bounds().pipelined} requests that wait",
        f"{Bounds().idle_s:.0f} s between two requests",
        f"{Bounds().unread_s:.0f} s in which waiting bytes",
        f"{Bounds().connections} connections of a worker",
    ],
)
def test_the_manual_has_the_bounds_of_a_connection(bound):
    assert f"| {bound}" in OPERATING


@pytest.mark.parametrize("text", [NGINX, CADDY], ids=["nginx", "Caddy"])
def test_braces_of_an_example_are_closed(text):
    bare = re.sub(r"\{\w+\}", "", without_comments(text))
    assert bare.count("{") == bare.count("}") > 3


def certified(tmp_path):
    """Make a certificate for the example's name, signed by itself."""
    key, certificate = tmp_path / "winnow.example.key", tmp_path / "winnow.example.pem"
    request = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
    name = ["-x509", "-days", "2", "-subj", "/CN=winnow.example"]
    subprocess.run(["openssl", "req", *request, *name], check=True, capture_output=True)
    return tmp_path


def installed(program):
    """Return a proxy of Debian's, installed if need be; skip where there is no Debian."""
    if not shutil.which(program) and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "--yes", program], capture_output=True)
    return shutil.which(program) or pytest.skip(f"there is no {program} to install here")


def free_ports(count):
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def answers(url):
    def look():
        try:
            return httpx2.get(url, verify=False, headers={"Host": "winnow.example"})
        except httpx2.TransportError:
            return None

    return eventually(look, 30)


@pytest.mark.long
def test_nginx_serves_with_the_example(service, data, tmp_path):
    tls, plain = free_ports(2)
    nginx, process = installed("nginx"), service(data)
    certified(tmp_path)
    site = NGINX.replace("127.0.0.1:8000", f"127.0.0.1:{process.port}")
    site = site.replace("/etc/ssl", str(tmp_path))
    site = re.sub(r"listen \[::\]:\d+( ssl)?;", "", site)
    site = re.sub("listen 443", f"listen 127.0.0.1:{tls}", site)
    site = re.sub(r"listen 80;", f"listen 127.0.0.1:{plain};", site)
    (tmp_path / "nginx.conf").write_text(
        textwrap.dedent(f"""
            daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;
            events {{}}
            http {{ access_log off; {site} }}
        """)
    )
    command = [nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    with subprocess.Popen(command) as running:
        try:
            url = f"https://127.0.0.1:{tls}"
            assert answers(f"{url}/healthz").json()["papers"] == 26
            long = answers(f"{url}/search?q={'%F0%9F%98%80' * 3_900}")
            assert long.status_code == 200
            assert answers(f"{url}/metrics").status_code == 404
        finally:
            running.terminate()


@pytest.mark.long
def test_caddy_serves_with_the_example(service, data, tmp_path):
    (free_port,) = free_ports(1)
    caddy, process = installed("caddy"), service(data)
    site = CADDY.replace("127.0.0.1:8000", f"127.0.0.1:{process.port}")
    site = site.replace("winnow.example {", f"http://winnow.example:{free_port} {{")
    site = site.replace("{\n\tservers", "{\n\tadmin off\n\tservers", 1)
    (tmp_path / "Caddyfile").write_text(site)
    command = [caddy, "run", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"]
    with subprocess.Popen(command) as running:
        try:
            url = f"http://127.0.0.1:{free_port}"
            assert answers(f"{url}/healthz").json()["papers"] == 26
            long = answers(f"{url}/search?q={'%F0%9F%98%80' * 3_900}")
            assert long.status_code == 200
            assert answers(f"{url}/metrics").status_code == 404
        finally:
            running.terminate()
