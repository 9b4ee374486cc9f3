"""Somebody at a browser without scripts: fills in the forms of the sign-in as they are on the page."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.page_client import PageClient

OFFICER, PASSWORD = "s.lim", "kata laluan panjang"


@dataclass
class Person:
    """A person with a login, a password, and from the enrolment on an authenticator and recovery codes."""

    client: PageClient
    login: str = OFFICER
    password: str = PASSWORD
    secret: str = ""
    recovery: list[str] = field(default_factory=list)

    def sends(self, path: str, **fields: str) -> TestResponse:
        """Open a page, and send its form filled in."""
        token = re.search(r'name="form_token"\s+value="([^"]+)"', self.client.get(path).get_data(as_text=True))
        data = {"form_token": token[1] if token else "", **fields}
        return self.client.post(path, data=data)

    def gives_password(self, path: str = "/masuk") -> TestResponse:
        """Take the first step."""
        return self.sends(path, login=self.login, password=self.password)

    def enrols(self) -> TestResponse:
        """Set an authenticator up with the key on the page."""
        page = self.client.get("/masuk/pengesah").get_data(as_text=True)
        found = re.search(r'id="rahsia">([A-Z2-7 ]+)<', page)
        assert found, page
        self.secret = found[1].replace(" ", "")
        answer = self.sends("/masuk/pengesah", code=self.code())
        self.recovery = re.findall(r"<li><code>([^<]+)</code>", answer.get_data(as_text=True))
        return answer

    def code(self, *, steps: int = 0) -> str:
        """What the authenticator shows now, or so many half minutes later."""
        return str(pyotp.TOTP(self.secret).generate_otp(int(time.time()) // 30 + steps))

    def is_in(self) -> bool:
        """Whether the pages open."""
        return self.client.get("/").status_code == 200

    def leaves(self) -> None:
        """Throw the cookies away."""
        for name in ("ekasih_sesi", "ekasih_token", "ekasih_pelayar"):
            self.client.delete_cookie(name)
