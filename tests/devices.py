"""A device that sends what it kept, signed in as the pages are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import text

from dashboard.forgery import HEADER
from registry.accounts.users import DEMO_PASSWORD

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy import Connection


class SignedInDevice:
    """Somebody signed in, and what their page sends with every request."""

    def __init__(self, browser: FlaskClient, login: str, owner: Connection) -> None:
        self.browser = browser
        page = browser.get("/masuk").get_data(as_text=True)
        token = re.search(r'name="form_token"\s+value="([^"]+)"', page)
        assert token
        sent = {"login": login, "password": DEMO_PASSWORD, "form_token": token[1]}
        assert browser.post("/masuk?next=/", data=sent).status_code == 303
        with browser.session_transaction() as session:
            self.headers = {HEADER: session["form"]}
        self.user = owner.scalar(text("SELECT id FROM ekasih.app_user WHERE login = :login"), {"login": login})
