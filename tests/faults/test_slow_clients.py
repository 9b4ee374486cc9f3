"""The pages are served while many clients send as slowly as they can."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.faults.installation import Person, installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.installation import Installation

STALLED_EACH_WAY = 20
QUICK_SECONDS = 5
_HEAD = b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
_BODY = _HEAD + b"Content-Length: 60000\r\n\r\n{"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """An installation that serves with one process of four threads."""
    with installed() as made:
        made.serve()
        yield made


def test_sixty_stalled_connections_hold_nobody_up(installation: Installation) -> None:
    clients = []
    for sent in (_HEAD, _BODY, _BODY):
        for _ in range(STALLED_EACH_WAY):
            client = socket.create_connection(("127.0.0.1", installation.settings.port))
            client.sendall(sent)
            clients.append(client)
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(1):
            for client in clients[-STALLED_EACH_WAY:]:
                with contextlib.suppress(OSError):
                    client.sendall(b" ")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        time.sleep(2)
        begun = time.monotonic()
        address = f"http://127.0.0.1:{installation.settings.port}/sihat"
        assert urllib.request.urlopen(address, timeout=QUICK_SECONDS).status == 200
        Person(installation, "penyelaras.kinta")  # a form that is sent, with a password that takes a while to check
        assert time.monotonic() - begun < 3 * QUICK_SECONDS
        clients[0].settimeout(30)
        assert clients[0].recv(100).startswith(b"HTTP/1.1 408")
        # the drip brings less than is asked of a body
        clients[-1].settimeout(60)
        assert clients[-1].recv(100).startswith(b"HTTP/1.1 408")
    finally:
        ended.set()
        dripping.join()
        for client in clients:
            client.close()
