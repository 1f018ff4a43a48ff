"""The processes that serve: one, or several workers that a parent replaces and ends."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Network, ip_network
from types import FrameType
from typing import Any

from uvicorn.config import STARTUP_FAILURE, Config
from uvicorn.server import Server
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from app.serving.connection import Connection
from app.settings import Settings, split_networks

_LOG = logging.getLogger(__name__)

STOP_S = 10
"""Within so many seconds of SIGTERM or SIGINT the service has ended."""

_PING_S, _SILENT_S = 0.2, 30.0  # for a worker to answer its parent, once and at all
_KILLED = 128 + signal.SIGTERM  # as a shell reports it
_ANSWER_S = 6  # for answers under way; what is left is cancelled
_MAPPED_BITS = 96  # before an IPv4 address in an IPv6 address
_END_S = 9  # for everything; a thread deep in an engine is not waited for


def run_service(app: str, settings: Settings, log_config: dict[str, Any]) -> None:
    """Serve the application that a factory makes, until a signal says to stop."""
    config = Config(
        app,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=log_config,
        log_level=settings.log_level,
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=spell_networks(settings.trusted_proxies),
        access_log=False,
        server_header=False,
        loop="uvloop",
        http=Connection,
        ws="none",
        timeout_keep_alive=int(Connection.bounds.idle_s),
        timeout_graceful_shutdown=_ANSWER_S,
        timeout_notify=1,
    )
    if settings.workers > 1:
        config.callback_notify = partial(_end_without, os.getpid())
        _Workers(config, [config.bind_socket()]).run()
        return
    server = _Alone(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def spell_networks(setting: str | None) -> list[str]:
    """Return networks as uvicorn compares them: by whole networks, and families apart.

    A socket for both families shows the address 127.0.0.1 as ::ffff:127.0.0.1.
    """
    spelt = []
    for text in split_networks(setting) if setting else ():
        network = ip_network(text, strict=False)
        spelt.append(str(network))
        if isinstance(network, IPv4Network):
            first = f"::ffff:{network.network_address}"
            spelt.append(f"{first}/{_MAPPED_BITS + network.prefixlen}")
    return spelt


class _Alone(Server):
    """One process, which ends in time whatever its threads do."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; at once while it only starts, since nobody is answered yet."""
        if not self.started:
            _LOG.warning("stopped while it started")
            os._exit(128 + sig)
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; a thread that does not return is left behind."""
        end = threading.Timer(_END_S, os._exit, [_KILLED])
        end.daemon = True
        end.start()
        await super().shutdown(sockets)


class _Workers(Multiprocess):
    """Workers that one parent watches: a dead one is replaced, a stuck one is ended."""

    def __init__(self, config: Config, sockets: list[socket.socket]) -> None:
        """Take what each worker serves, and where it listens."""
        super().__init__(config, sockets)
        self._heard: dict[int | None, float] = {}

    def keep_subprocess_alive(self) -> None:
        """Replace workers that have died, or have long said nothing.

        uvicorn waits 5 s for each and then kills it: on a busy machine that hits workers
        that only start, and a signal is not noticed meanwhile.
        """
        for number, worker in enumerate(self.processes):
            if self.should_exit.is_set() or self._is_well(worker):
                continue
            worker.kill()
            worker.process.join()
            if worker.exitcode == STARTUP_FAILURE:
                _LOG.error("worker %s cannot start; stopping", worker.pid)
                self.should_exit.set()
            else:
                _LOG.warning("worker %s has died; it is replaced", worker.pid)
                self.processes[number] = Process(self.config, self.sockets)
                self.processes[number].start()

    def _is_well(self, worker: Process) -> bool:
        now = time.monotonic()
        if worker.ping(_PING_S):
            self._heard[worker.pid] = now
        is_silent = now - self._heard.setdefault(worker.pid, now) > _SILENT_S
        return worker.process.is_alive() and not is_silent

    def terminate_all(self) -> None:
        """Tell all to stop. Here nobody accepts: who connects now must not wait for it."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()

    def join_all(self) -> None:
        """Wait until all have ended, but not for ever."""
        deadline = time.monotonic() + _END_S
        for worker in self.processes:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()


async def _end_without(parent: int) -> None:
    """Stop a worker whose parent is gone: nobody else could stop it."""
    if os.getppid() != parent:
        signal.raise_signal(signal.SIGTERM)
