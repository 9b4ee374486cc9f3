"""A kod semakan goes by mail to an address that was confirmed, and tells nothing but itself."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from registry.errors import InvalidInput
from registry.inquiries.mail import CodeNotMailed, checked, mail_code
from registry.mailing import MailSettings
from tests.postman import taking_mail

CODE, PORTAL = "7K3F-Q2XD-9M4T", "https://ekasih.example/awam/kod"


def test_a_message_holds_the_code_and_where_to_type_it() -> None:
    with taking_mail() as postman:
        mail_code(postman.settings, "siti@contoh.example", CODE, portal=PORTAL)
    (envelope,) = postman.got
    said = message_from_bytes(envelope.content).get_payload(decode=True).decode()
    assert envelope.rcpt_tos == ["siti@contoh.example"]
    assert said.count(CODE) == said.count(PORTAL) == 2


def test_a_server_that_is_not_there_is_told() -> None:
    nowhere = MailSettings(smtp_host="127.0.0.1", smtp_port=9, smtp_security="none")
    with pytest.raises(CodeNotMailed):
        mail_code(nowhere, "siti@contoh.example", CODE, portal=PORTAL)


@pytest.mark.parametrize("typed", ["siti", "siti@", "a@b.example, c@d.example", "a@b.example\nBcc: x@y.example"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        checked(typed)


def test_no_address_is_no_message() -> None:
    assert checked("  ") == ""
    assert checked(" siti@contoh.example ") == "siti@contoh.example"
