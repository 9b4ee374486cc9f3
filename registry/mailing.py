"""The server that takes mail, where there is one: its settings, and a connection by which messages are sent."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    Send = Callable[[EmailMessage], None]

PATIENCE_S: Final = 20
ADDRESS: Final = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}", re.ASCII)
"""What an address that mail is sent to looks like."""


class MailSettings(BaseSettings):
    """The server that takes mail: none, unless ``EKASIH_SMTP_HOST`` is set."""

    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "ekasih@localhost"

    @field_validator("smtp_host", "smtp_user", "smtp_password", mode="before")
    @classmethod
    def _nothing_is_unset(cls, value: object) -> object:
        return value or None


class OwnMailSettings(MailSettings):
    """The same, read from the environment by itself: the job that sends mail knows no other setting."""

    model_config = SettingsConfigDict(env_prefix="EKASIH_", frozen=True, extra="ignore")
    public_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8050

    @property
    def address(self) -> str:
        """The address that people reach the pages by."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


@contextmanager
def mail_server(settings: MailSettings) -> Iterator[Send]:
    """A connection to the mail server, by which messages are sent one after the other.

    Raises:
        OSError, smtplib.SMTPException: the server is not there, or takes no mail from here.

    """
    if settings.smtp_host is None:
        raise ValueError
    at = (settings.smtp_host, settings.smtp_port)
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(*at, timeout=PATIENCE_S, context=context)
        if settings.smtp_security == "tls"
        else smtplib.SMTP(*at, timeout=PATIENCE_S)
    )
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user and settings.smtp_password:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())

        def send(made: EmailMessage) -> None:
            server.send_message(made)

        yield send
