"""A request on its way in: its head first, then its body, kept in memory or in a file until it is whole."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Final

from gunicorn.http.body import Body, LengthReader
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import IterUnreader

from registry.serving.limits import Limits, Pace

if TYPE_CHECKING:
    from gunicorn.config import Config

_END_OF_HEAD: Final = b"\r\n\r\n"


class LengthMissing(Exception):
    """The request comes in chunks: how much is to come is not known before it has come."""


class Arrival:
    """One request of a connection, as far as it has come."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._began = False
        self._body: Any = None
        self._missing = 0
        self._pace: Pace | None = None
        self._due = now + limits.head_seconds
        self.head = bytearray()
        self.after = b""
        """What came behind the request: the beginning of the next one."""
        self.request: Any = None
        """The request as gunicorn reads its head; there once the head is complete."""
        self.length = 0
        self.refusal: BaseException | None = None
        """What the application raises when it reads the body, which was not taken in."""

    @property
    def begun(self) -> bool:
        """Whether anything has come."""
        return self._began

    @property
    def head_whole(self) -> bool:
        """Whether the whole head is there."""
        return self.head.endswith(_END_OF_HEAD)

    @property
    def head_too_long(self) -> bool:
        """Whether the head is longer than is read."""
        return len(self.head) > self._limits.head_bytes

    @property
    def whole(self) -> bool:
        """Whether the whole request is there."""
        return self.request is not None and not self._missing

    @property
    def large(self) -> bool:
        """Whether the body is more than is kept in memory."""
        return self.length > self._limits.memory_bytes

    @property
    def due(self) -> float:
        """When it is late."""
        return self._due if self._pace is None else self._pace.due

    def take(self, data: bytes, now: float) -> None:
        """Take in what came."""
        if not self._began:
            self._began = True
            self._due = now + self._limits.head_seconds
        if self.head_whole:
            self._take_body(data, now)
            return
        searched = max(0, len(self.head) - len(_END_OF_HEAD) + 1)
        self.head += data
        end = self.head.find(_END_OF_HEAD, searched)
        if end >= 0:
            end += len(_END_OF_HEAD)
            self.after = bytes(self.head[end:])
            del self.head[end:]

    def read_head(self, config: Config, client: Any) -> None:
        """Find out from the head how much is to come.

        Raises:
            LengthMissing: it does not say.
            gunicorn.http.errors.ParseException: it is no request.

        """
        request = Request(config, IterUnreader([bytes(self.head)]), client)
        if not isinstance(request.body.reader, LengthReader):
            raise LengthMissing
        self.request, self.length = request, request.body.reader.length
        self._missing = self.length

    def begin_body(self, now: float) -> None:
        """From now on take in the body, the part of it that came with the head first."""
        self._pace = Pace(self._limits, now)
        if self.length:
            self._body = tempfile.SpooledTemporaryFile(max_size=self._limits.memory_bytes)  # noqa: SIM115 - see close
        came, self.after = self.after, b""
        self._take_body(came, now)

    def _take_body(self, data: bytes, now: float) -> None:
        if self._pace is None:  # the application is being asked
            self.after += data
            return
        part, rest = data[: self._missing], data[self._missing :]
        if part:
            self._body.write(part)
            self._missing -= len(part)
            self._pace.passed(len(part), now)
        self.after += rest

    def reader(self, config: Config, client: Any) -> ArrivedParser:
        """What gunicorn reads the request from."""
        if self._body is not None:
            self._body.seek(0)
        return ArrivedParser(config, self, client)

    def read(self, size: int) -> bytes:
        """Up to so many bytes of the body."""
        return b"" if self._body is None else self._body.read(size)

    def close(self) -> None:
        """Give memory and disk back."""
        if self._body is not None:
            self._body.close()
            self._body = None


class _Source:
    """Head and body of an arrival as gunicorn reads a socket; it never waits."""

    def __init__(self, arrival: Arrival) -> None:
        self._head = bytes(arrival.head)
        self._arrival = arrival

    def recv(self, size: int) -> bytes:
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._arrival.read(size)


class _Refused:
    """A body that was not taken in: reading it raises what the application gave as the reason."""

    def __init__(self, reason: BaseException) -> None:
        self._reason = reason

    def read(self, _size: int) -> bytes:
        raise self._reason


class ArrivedParser(RequestParser):  # type: ignore[misc]
    """gunicorn's parser over one request that is there already."""

    def __init__(self, config: Config, arrival: Arrival, client: Any) -> None:
        super().__init__(config, _Source(arrival), client)
        self._refusal = arrival.refusal

    def __next__(self) -> Any:
        """Answer the request."""
        request = super().__next__()
        request._expected_100_continue = False  # noqa: SLF001 - it was answered before the body came
        if self._refusal is not None:
            request.force_close()
            request.body = Body(_Refused(self._refusal))
        return request

    def finish_body(self, deadline: float | None = None, max_bytes: int | None = None) -> bool:  # noqa: ARG002
        """What the application left unread needs no reading: it does not stand before the next request."""
        return True
