"""The socket that answers are written to: what the client does not take at once waits here, and no thread for it."""

from __future__ import annotations

import socket
import tempfile
import time
from typing import IO, Any, Final

_PART: Final = 256 * 1024


class Outbox:
    """A connection's socket with an outbox; never waits. Only its worker's loop closes it (:meth:`hang_up`)."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(0)
        self._socket = connection
        self._kept: Any = None
        self._read = self._written = 0
        self._held_until = 0.0

    def hold(self, until: float) -> None:
        """Send nothing before ``until``, by :func:`time.monotonic`: what is written waits here, not in a thread."""
        self._held_until = until

    @property
    def held_for(self) -> float:
        """For how many more seconds nothing may be sent."""
        return max(0.0, self._held_until - time.monotonic())

    @property
    def pending(self) -> bool:
        """Whether anything waits to be sent."""
        return self._read < self._written

    def fileno(self) -> int:
        """The socket's number, for the loop."""
        return self._socket.fileno()

    def receive(self, size: int) -> bytes:
        """What came. Raises BlockingIOError where nothing did."""
        return self._socket.recv(size)

    def sendall(self, data: bytes) -> None:
        """Send what the client takes now, and keep the rest in order."""
        self.flush()
        if not self.pending and not self.held_for:
            data = data[self._sent(data) :]
        if data:
            if self._kept is None:
                self._kept = tempfile.SpooledTemporaryFile(max_size=_PART)  # noqa: SIM115 - see hang_up
            self._kept.seek(self._written)
            self._kept.write(data)
            self._written += len(data)

    def send(self, data: bytes) -> int:
        """As :meth:`sendall`; all of it is taken care of."""
        self.sendall(data)
        return len(data)

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:
        """Send a part of a file."""
        file.seek(offset)
        sent = 0
        while part := file.read(_PART if count is None else min(_PART, count - sent)):
            self.sendall(part)
            sent += len(part)
        return sent

    def flush(self) -> int:
        """Send what waits, as far as the client takes it and it may be sent; how many bytes it took."""
        if self.held_for:
            return 0
        before = self._read
        while self.pending:
            self._kept.seek(self._read)
            part = self._kept.read(min(_PART, self._written - self._read))
            sent = self._sent(part)
            self._read += sent
            if sent < len(part):
                return self._read - before
        taken = self._read - before
        if self._written:
            self._read = self._written = 0
            self._kept.close()
            self._kept = None
        return taken

    def _sent(self, data: bytes) -> int:
        sent = 0
        view = memoryview(data)
        while sent < len(data):
            try:
                sent += self._socket.send(view[sent:])
            except (BlockingIOError, InterruptedError):
                break
        return sent

    def end(self) -> None:
        """Tell the client that nothing more comes."""
        self._socket.shutdown(socket.SHUT_WR)

    def hang_up(self) -> None:
        """Close the connection and throw away what waits."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self._read = self._written = 0
        self._socket.close()

    # What gunicorn's threads do to a socket beside writing is the loop's business here.

    def recv(self, _size: int) -> bytes:
        """Nothing: requests are read by the loop."""
        return b""

    def setblocking(self, blocking: bool) -> None:  # noqa: FBT001 - as a socket has it
        """Nothing: it never blocks."""

    def settimeout(self, seconds: float | None) -> None:
        """Nothing: it never waits."""

    def gettimeout(self) -> float:
        """It never waits."""
        return 0.0

    def shutdown(self, how: int) -> None:
        """Nothing: the loop ends the connection once everything is sent."""

    def close(self) -> None:
        """Nothing: the loop closes the connection once everything is sent."""
