"""Sends a kod semakan to an address that was confirmed at a counter; the address is not kept."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING

from registry.errors import InvalidInput, RegistryError
from registry.mailing import ADDRESS, mail_server

if TYPE_CHECKING:
    from registry.mailing import MailSettings


class CodeNotMailed(RegistryError):
    """The mail server did not take the message; the code stands and has been shown."""

    key = "check_code_not_mailed"


def checked(address: str) -> str:
    """The address without what surrounds it; empty where none was typed.

    Raises:
        InvalidInput: it is none.

    """
    found = address.strip()
    if found and not ADDRESS.fullmatch(found):
        raise InvalidInput({"mail": "email"})
    return found


def mail_code(settings: MailSettings, address: str, code: str, *, portal: str) -> None:
    """Send a code, in both languages: neither a name nor a number, nor what it answers.

    Raises:
        CodeNotMailed: the server is not there, or takes no mail from here.

    """
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, address
    made["Subject"] = "Kod semakan eKasih / eKasih check code"
    made.set_content(
        f"Kod semakan anda: {code}\nTaip kod ini bersama nombor kad pengenalan anda di {portal}\n"
        "Jangan berikan kod ini kepada sesiapa. Kod sah selama 12 bulan.\n\n"
        f"Your check code: {code}\nType it with your identity card number at {portal}\n"
        "Give it to nobody. It is valid for 12 months.\n"
    )
    try:
        with mail_server(settings) as send:
            send(made)
    except (OSError, smtplib.SMTPException) as error:
        raise CodeNotMailed from error
