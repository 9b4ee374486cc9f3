"""A mail server on loopback that keeps what it is sent, and the settings that lead to it."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from pydantic import SecretStr

from registry.mailing import OwnMailSettings

if TYPE_CHECKING:
    from collections.abc import Iterator


class Postman:
    """Takes mail on this machine and keeps it."""

    def __init__(self, port: int) -> None:
        self.got: list[Any] = []
        self.settings = OwnMailSettings(
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_security="none",
            smtp_password=SecretStr("rahsia"),
            public_url="https://ekasih.example",
        )

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - its name
        self.got.append(envelope)
        return "250 OK"


@contextmanager
def taking_mail() -> Iterator[Postman]:
    """A mail server for the time of a block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    taken = Postman(port)
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield taken
    finally:
        controller.stop()
