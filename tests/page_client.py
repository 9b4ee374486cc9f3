"""A test client that does what the script of our pages does: each change carries the session's token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient

from dashboard.forgery import COOKIE, HEADER

if TYPE_CHECKING:
    from werkzeug.test import TestResponse


class PageClient(FlaskClient):
    """Reads the token from its cookie, as a script of the same site can; ``forging`` turns that off."""

    forging = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, with the token where there is one and none is given."""
        cookie = None if self.forging else self.get_cookie(COOKIE)
        if cookie is not None and args and isinstance(args[0], str):
            kwargs["headers"] = {HEADER: cookie.value, **dict(kwargs.get("headers") or {})}
        return super().open(*args, **kwargs)
