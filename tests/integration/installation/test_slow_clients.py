"""No client holds a thread of the web server: not by sending slowly, not by reading slowly, not by sending much."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integration.installation.quick_server import HELD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 30
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where the small application is served: one process, two threads."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = int(probe.getsockname()[1])
    place = "tests.integration.installation.quick_server"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", f"{place}:server", "--worker-class", f"{place}.QuickWorker", "--bind",
            f"127.0.0.1:{found}", "--threads", "2", "--worker-connections", "40", "--no-control-socket",
            "--log-level", "error",
        ],
        cwd=PROJECT,
    )  # fmt: skip
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            ask(found)
            break
        time.sleep(0.1)
    yield found
    process.terminate()
    assert process.wait(PATIENCE_SECONDS) == 0


def ask(port: int, *, body: bytes | None = None, path: str = "/") -> tuple[int, bytes]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    client.request("GET" if body is None else "POST", path, body=body)
    answer = client.getresponse()
    content = answer.read()
    client.close()
    return answer.status, content


def told(body: bytes) -> bytes:
    return f"{len(body)} {sum(body) % 1_000_003}".encode()


def opened(port: int, sent: bytes) -> socket.socket:
    client = socket.socket()
    client.settimeout(PATIENCE_SECONDS)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    client.connect(("127.0.0.1", port))
    client.sendall(sent)
    return client


def everything(client: socket.socket) -> bytes:
    """What comes until the server ends the connection."""
    found = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while part := client.recv(65536):
            found += part
    client.close()
    return bytes(found)


STALLED = {
    "in the head": HEAD + b"X-Of: ",
    "in the body": HEAD + b"Content-Length: 5000\r\n\r\nabc",
    "in a large body": HEAD + b"Content-Length: 100000\r\n\r\n" + bytes(20_000),
    "reading": b"GET /panjang HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "silent": b"",
}


@pytest.mark.parametrize("where", STALLED)
def test_who_stalls_holds_nobody_up_and_is_let_go(port: int, where: str) -> None:
    stalled = [opened(port, STALLED[where]) for _ in range(12)]
    time.sleep(0.3)
    begun = time.monotonic()
    assert ask(port, body=b"honest") == (200, told(b"honest"))
    assert time.monotonic() - begun < 2
    if where != "reading":
        ended = [everything(client) for client in stalled]
        assert time.monotonic() - begun < PATIENCE_SECONDS
        assert all(answer.startswith(b"HTTP/1.1 408") for answer in ended if where != "silent")
    for client in stalled:
        client.close()


def test_an_answer_that_waits_for_its_time_holds_no_thread(port: int) -> None:
    asked = b"GET /ditahan HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    begun = time.monotonic()
    waiting = [opened(port, asked) for _ in range(12)]
    assert ask(port, body=b"honest") == (200, told(b"honest"))
    assert time.monotonic() - begun < HELD_SECONDS
    answers = [everything(client) for client in waiting]
    assert time.monotonic() - begun >= HELD_SECONDS
    assert all(answer.endswith(b"held") for answer in answers)


@pytest.mark.parametrize("sent", [HEAD + b"X-Of: ", HEAD + b"Content-Length: 5000\r\n\r\n"], ids=["head", "body"])
def test_a_drip_is_as_late_as_silence(port: int, sent: bytes) -> None:
    client = opened(port, sent)
    begun, ended = time.monotonic(), threading.Event()

    def drip() -> None:
        with contextlib.suppress(OSError):
            while not ended.wait(0.2):
                client.sendall(b"a")

    dripping = threading.Thread(target=drip)
    dripping.start()
    answer = client.recv(65536)
    ended.set()
    dripping.join()
    client.close()
    assert answer.startswith(b"HTTP/1.1 408")
    assert time.monotonic() - begun < 2 + 8


def test_who_sends_steadily_may_take_longer_than_any_limit(port: int) -> None:
    body = bytes(range(200)) * 40
    client = opened(port, HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
    for at in range(0, len(body), 800):
        client.sendall(body[at : at + 800])
        time.sleep(0.5)
    assert everything(client).endswith(told(body))


@pytest.mark.parametrize("size", [0, 1, 9_999, 10_001, 1_999_999])
def test_what_was_sent_arrives_whole(port: int, size: int) -> None:
    body = (bytes(range(251)) * (size // 251 + 1))[:size]
    assert ask(port, body=body) == (200, told(body))


def test_a_client_that_reads_slowly_gets_all_of_its_answer(port: int) -> None:
    client = opened(port, b"GET /panjang HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    time.sleep(1)
    _head, _, content = everything(client).partition(b"\r\n\r\n")
    assert len(content) == 10_000_000


def test_an_answer_of_unknown_length_is_whole(port: int) -> None:
    assert ask(port, path="/bahagian") == (200, b"y" * 100_000)


def test_what_the_application_does_not_take_is_refused_before_it_has_come(port: int) -> None:
    client = opened(port, HEAD + b"Content-Length: 500000000\r\n\r\n" + bytes(100_000))
    assert everything(client).startswith(b"HTTP/1.1 413")


def test_who_waits_for_leave_to_send_gets_it_once(port: int) -> None:
    sent = HEAD + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    client = opened(port, sent % 20_000)
    assert client.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.sendall(bytes(20_000))
    assert everything(client).startswith(b"HTTP/1.1 200")
    client = opened(port, sent % 500_000_000)
    assert everything(client).startswith(b"HTTP/1.1 413")


def test_more_than_the_disk_is_lent_waits_for_others_to_be_done(port: int) -> None:
    first = [opened(port, HEAD + b"Content-Length: 1900000\r\n\r\n" + bytes(50_000)) for _ in range(2)]
    answers = []
    for client in first:
        client.settimeout(1)
        with contextlib.suppress(TimeoutError):
            answers.append(client.recv(100)[:12])
    assert b"HTTP/1.1 503" in answers
    for client in first:
        client.close()
    time.sleep(0.2)
    assert ask(port, body=bytes(1_900_000))[0] == 200


def test_requests_that_are_sent_in_one_go_are_answered_in_their_order(port: int) -> None:
    one = HEAD + b"Content-Length: 3\r\n\r\nabc"
    last = HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nde"
    answer = everything(opened(port, one + one + last))
    assert answer.count(b"HTTP/1.1 200") == 3
    assert [line for line in answer.split(b"\r\n") if line.startswith((b"3 ", b"2 "))] != []
    assert answer.endswith(told(b"de"))


def test_a_connection_is_kept_for_the_next_request(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    for body in (b"first", b"second", bytes(50_000)):
        client.request("POST", "/", body=body)
        used = client.sock
        assert client.getresponse().read() == told(body)
        assert client.sock is used
    client.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", b"400"),
        (HEAD + b"X: " + b"a" * 200_000, b"431"),
        (b"no request\r\n\r\n", b"400"),
    ],
    ids=["chunked", "two framings", "two lengths", "long head", "nonsense"],
)
def test_what_is_no_request_of_known_length_is_refused(port: int, sent: bytes, status: bytes) -> None:
    assert everything(opened(port, sent)).startswith(b"HTTP/1.1 " + status)


def test_who_waits_longest_makes_room_where_there_are_as_many_as_may_be(port: int) -> None:
    waiting = [opened(port, HEAD) for _ in range(45)]
    begun = time.monotonic()
    assert ask(port)[0] == 200
    assert time.monotonic() - begun < 1.5
    for client in waiting:
        client.close()
