"""A gunicorn worker whose threads never wait on a client: its loop takes requests in whole, and sends answers out."""

from __future__ import annotations

import contextlib
import errno
import resource
import selectors
import threading
import time
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final

from gunicorn.http import wsgi
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from registry.serving.arrival import Arrival, LengthMissing
from registry.serving.limits import ADMIT, Limits, Pace
from registry.serving.outbox import Outbox

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from concurrent.futures import Future

_CHUNK: Final = 256 * 1024
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_MOST_FILES: Final = 8_192
_OUT_OF_FILES: Final = (errno.EMFILE, errno.ENFILE)
_NOT_NOW: Final = (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK)
_SENTENCES: Final = {
    HTTPStatus.REQUEST_TIMEOUT: "Permintaan tidak sampai dalam masa. / The request did not arrive in time.",
    HTTPStatus.LENGTH_REQUIRED: "Panjang kandungan tidak dinyatakan. / The length of the content is not stated.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "Pengepala terlalu panjang. / The header is too long.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Terlalu sibuk; cuba sebentar lagi. / Too busy; try again in a while.",
}


class Connection(TConn):  # type: ignore[misc]
    """A client's connection: the request that is coming in, and the answer that is going out."""

    def __init__(self, config: Any, client_socket: socket.socket, client: Any, server: Any) -> None:
        super().__init__(config, client_socket, client, server)
        self.sock = Outbox(client_socket)
        self.initialized = self.data_ready = True
        self.arrival: Arrival | None = None
        self.reserved = 0
        self.due = 0.0
        self.late: Callable[[Connection], None] | None = None
        """What to do where it is late."""

    def close(self, graceful: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as gunicorn calls it
        """Close at once."""
        if self.arrival is not None:
            self.arrival.close()
        self.sock.hang_up()


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, with requests and answers buffered in its loop.

    A thread gets a request when all of it is there, and is free again when its answer is written, whoever the client
    is. Before a body of more than ``limits.memory_bytes`` is read, the application says whether it may come
    (:data:`~registry.serving.limits.ADMIT`).
    """

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._timed: dict[Connection, None] = {}
        self._on_disk = 0

    def init_process(self) -> None:
        """Allow as many open files as connections need."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        super().init_process()

    # -- coming in

    def accept(self, listener: socket.socket) -> None:
        """Take a connection in; where there are as many as may be, who waits longest makes room."""
        try:
            client_socket, client = listener.accept()
        except OSError as error:
            if error.errno in _OUT_OF_FILES:
                self._make_room()
            elif error.errno not in _NOT_NOW:
                raise
            return
        self.nr_conns += 1
        self._await(Connection(self.cfg, client_socket, client, listener.getsockname()))
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def on_client_socket_readable(self, conn: Connection, client: Any) -> None:
        """Take in the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def _await(self, conn: Connection, came: bytes = b"") -> None:
        """Take in a request, whose beginning may have come already."""
        now = time.monotonic()
        conn.arrival = Arrival(self.limits, now)
        self._listen(conn)
        if came:
            self._take(conn, came)
        else:
            conn.due = conn.arrival.due

    def _listen(self, conn: Connection) -> None:
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._readable, conn))
        conn.late = self._arrived_late
        self._timed[conn] = None

    def _readable(self, conn: Connection, _client: Any) -> None:
        try:
            data = conn.sock.receive(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, data)
        else:
            self._drop(conn)

    def _take(self, conn: Connection, data: bytes) -> None:
        arrival, now = _arrival(conn), time.monotonic()
        try:
            arrival.take(data, now)
        except OSError:  # the disk is full
            self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE)
            return
        conn.due = arrival.due
        if arrival.whole:
            self._hand_over(conn)
        elif arrival.request is not None:
            return
        elif arrival.head_whole:
            self._begin_body(conn, arrival, now)
        elif arrival.head_too_long:
            self._refuse(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _begin_body(self, conn: Connection, arrival: Arrival, now: float) -> None:
        try:
            arrival.read_head(self.cfg, conn.client)
        except LengthMissing:
            self._refuse(conn, HTTPStatus.LENGTH_REQUIRED)
        except Exception:  # noqa: BLE001 - a thread reads it once more, and gunicorn tells what is wrong with it
            self._hand_over(conn)
        else:
            if arrival.large:
                self._stop_waiting(conn)
                asked = self.tpool.submit(self._admit, conn, arrival)
                asked.add_done_callback(lambda done: self.method_queue.defer(self._admitted, conn, arrival, done))
            else:
                self._go_on(conn, arrival, now)

    def _go_on(self, conn: Connection, arrival: Arrival, now: float) -> None:
        """Take in the body."""
        arrival.begin_body(now)
        conn.due = arrival.due
        if arrival.whole:
            self._hand_over(conn)
        elif arrival.request._expected_100_continue:  # noqa: SLF001 - gunicorn's own name for it
            with contextlib.suppress(OSError):
                conn.sock.sendall(_CONTINUE)

    def _admit(self, conn: Connection, arrival: Arrival) -> BaseException | None:
        """Ask the application whether a large body may come. Runs in a thread: it may ask the database."""
        admit = getattr(self.wsgi, "extensions", {}).get(ADMIT)
        if admit is None:
            return None
        expected, arrival.request._expected_100_continue = arrival.request._expected_100_continue, False  # noqa: SLF001
        _response, environ = wsgi.create(arrival.request, conn.sock, conn.client, conn.server, self.cfg)
        arrival.request._expected_100_continue = expected  # noqa: SLF001
        refusal: BaseException | None = admit(environ)
        return refusal

    def _admitted(self, conn: Connection, arrival: Arrival, asked: Future[BaseException | None]) -> None:
        if asked.cancelled() or asked.exception() is not None:
            failed = "cancelled" if asked.cancelled() else type(asked.exception()).__name__
            self.log.error("whether a body may come could not be asked: %s", failed)
            self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE)
        elif refusal := asked.result():
            arrival.refusal = refusal
            self._hand_over(conn)
        elif self._on_disk + arrival.length > self.limits.disk_bytes:
            self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            conn.reserved = arrival.length
            self._on_disk += conn.reserved
            self._listen(conn)
            self._go_on(conn, arrival, time.monotonic())

    def _hand_over(self, conn: Connection) -> None:
        self._stop_waiting(conn)
        conn.parser = _arrival(conn).reader(self.cfg, conn.client)
        self.enqueue_req(conn)

    # -- going out

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        """Send what the client did not take yet; then keep the connection, or end it."""
        arrival = _arrival(conn)
        arrival.close()
        self._on_disk -= conn.reserved
        conn.reserved = 0
        kept = not fs.cancelled() and fs.exception() is None and bool(fs.result())
        self._send(conn, kept=kept)

    def _send(self, conn: Connection, *, kept: bool) -> None:
        if conn.sock.held_for:
            later = threading.Timer(
                conn.sock.held_for, self.method_queue.defer, (partial(self._send, conn, kept=kept),)
            )
            later.daemon = True
            later.start()
            return
        try:
            conn.sock.flush()
        except OSError:
            self._drop(conn)
            return
        if not conn.sock.pending:
            self._sent(conn, kept=kept)
            return
        pace = Pace(self.limits, time.monotonic())
        conn.due, conn.late = pace.due, self._drop
        self._timed[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._writable, conn, pace, kept))

    def _writable(self, conn: Connection, pace: Pace, kept: bool, _client: Any) -> None:  # noqa: FBT001 - a callback
        try:
            pace.passed(conn.sock.flush(), time.monotonic())
        except OSError:
            self._drop(conn)
            return
        conn.due = pace.due
        if not conn.sock.pending:
            self._stop_waiting(conn)
            self._sent(conn, kept=kept)

    def _sent(self, conn: Connection, *, kept: bool) -> None:
        if not kept:
            self._linger(conn)
        elif came := _arrival(conn).after:
            self._await(conn, came)
        else:
            conn.set_timeout()
            if not self.alive:
                conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
            self.keepalived_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_client_socket_readable, conn))

    def _refuse(self, conn: Connection, status: HTTPStatus) -> None:
        """Answer without the application, and end the connection."""
        self._stop_waiting(conn)
        body = f"{_SENTENCES[status]}\n".encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
            f"Content-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with contextlib.suppress(OSError):
            conn.sock.sendall(head.encode("ascii") + body)
        self._release(conn)
        self._send(conn, kept=False)

    def _linger(self, conn: Connection) -> None:
        """Throw away what still comes for a while: closed before it is read, a connection takes its answer with it."""
        try:
            conn.sock.end()
        except OSError:
            self._drop(conn)
            return
        conn.due, conn.late = time.monotonic() + self.limits.linger_seconds, self._drop
        self._timed[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._thrown_away, conn))

    def _thrown_away(self, conn: Connection, _client: Any) -> None:
        try:
            came = conn.sock.receive(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            came = b""
        if not came:
            self._drop(conn)

    # -- being late

    def murder_pending(self) -> None:
        """End what is late. gunicorn calls this about once a second."""
        now = time.monotonic()
        for conn in [one for one in self._timed if one.due <= now or not (self.alive or self._under_way(one))]:
            if conn.late is not None:
                conn.late(conn)

    def _under_way(self, conn: Connection) -> bool:
        """Whether a worker that stops waits for it."""
        return conn.late != self._arrived_late or _arrival(conn).request is not None

    def _arrived_late(self, conn: Connection) -> None:
        if _arrival(conn).begun:
            self._refuse(conn, HTTPStatus.REQUEST_TIMEOUT)
        else:
            self._drop(conn)

    def _make_room(self) -> None:
        """Close the connection that has waited longest for a request to come in."""
        oldest = next((one for one in self._timed if one.late == self._arrived_late), None)
        if oldest is not None:
            self._drop(oldest)

    def _drop(self, conn: Connection) -> None:
        self._stop_waiting(conn)
        self._release(conn)
        self.nr_conns -= 1
        conn.close()

    def _release(self, conn: Connection) -> None:
        _arrival(conn).close()
        self._on_disk -= conn.reserved
        conn.reserved = 0

    def _stop_waiting(self, conn: Connection) -> None:
        if conn in self._timed:
            del self._timed[conn]
            self.poller.unregister(conn.sock)


def _arrival(conn: Connection) -> Arrival:
    """The request of a connection; there is one from its beginning on."""
    arrival = conn.arrival
    assert arrival is not None  # noqa: S101
    return arrival
