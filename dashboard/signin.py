"""Signing in and out, and choosing the language: plain pages that work without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Response, abort, make_response, redirect, render_template, request

from dashboard import half_session, session, sign_in_steps
from dashboard.guards import requires
from dashboard.i18n import LANGUAGE_COOKIE, LANGUAGES, current_words
from dashboard.localpath import local_path
from dashboard.throttle import Throttle
from queries import accounts
from registry import db
from registry.principals import Permission
from registry.services.users import DEMO_PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.deps import Deps
    from registry.principals import Principal

SIGN_IN_PATH: Final = "/masuk"
SIGN_OUT_PATH: Final = "/keluar"
LANGUAGE_PATH: Final = "/bahasa"
_YEAR_SECONDS: Final = 365 * 24 * 3600
_LONGEST: Final = 200


@dataclass(frozen=True)
class Doorkeeper:
    """Checks names and passwords; an unknown name takes as long as a wrong password."""

    engine: Engine
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    nobody_hash: str = field(default_factory=lambda: PasswordHasher().hash("nobody"))

    @property
    def throttle(self) -> Throttle:
        """What was refused lately."""
        return Throttle(self.engine)

    def admitted(self, login: str, password: str, *, address: str) -> tuple[Principal, int] | None:
        """Who signs in so, with the account's version; ``None`` where name and password do not belong together.

        Raises:
            DatabaseAway: the server cannot be reached.

        """
        with db.anonymous(self.engine) as connection:
            row = accounts.sign_in_account(connection, login)
        fits = self._fits(self.nobody_hash if row is None else row["password_hash"], password)
        if row is None or not fits:
            self.throttle.refused(login, address)
            return None
        return session.principal_of(row), row["session_version"]

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self.hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def register(server: Flask, deps: Deps) -> None:
    """Add the sign-in page, signing out, and the choice of language."""
    door = Doorkeeper(deps.engine)

    @server.get(SIGN_IN_PATH)
    @requires(Permission.PUBLIC)
    def sign_in_page() -> AnyResponse:
        if deps.principal() is not None:
            return redirect(local_path(request.args.get("next")))
        ended = "signin.half_ended" if request.args.get("tamat") else ""
        return _page(deps, problem=ended, status=401 if ended else 200)

    @server.post(SIGN_IN_PATH)
    @requires(Permission.PUBLIC)
    def sign_in() -> AnyResponse:
        return _sign_in(deps, door)

    @server.post(SIGN_OUT_PATH)
    @requires(Permission.PUBLIC)
    def sign_out() -> AnyResponse:
        if session.form_token_holds(request.form.get("form_token", "")):
            session.end()
        return redirect(SIGN_IN_PATH, code=303)

    @server.get(f"{LANGUAGE_PATH}/<language>")
    @requires(Permission.PUBLIC)
    def choose_language(language: str) -> AnyResponse:
        if language not in LANGUAGES:
            abort(404)
        wanted = request.args.get("next", "")
        path = wanted if wanted.startswith(SIGN_IN_PATH) and wanted.isprintable() else local_path(wanted)
        answer = redirect(path)
        answer.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=_YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=deps.settings.secure_cookies,
        )
        return answer


def _sign_in(deps: Deps, door: Doorkeeper) -> AnyResponse:
    login = request.form.get("login", "").strip().lower()[:_LONGEST]
    password = request.form.get("password", "")[:_LONGEST]
    address = request.remote_addr or ""
    if not session.form_token_holds(request.form.get("form_token", "")):
        return _page(deps, login=login, problem="signin.expired", status=400)
    if not login or not password:
        return _page(deps, login=login, problem="signin.both", status=400)
    wait = door.throttle.wait_seconds(login, address)
    if wait > 0:
        return _page(deps, login=login, problem="signin.wait", minutes=int(wait // 60) + 1, status=429)
    admitted = door.admitted(login, password, address=address)
    if admitted is None:
        return _page(deps, login=login, problem="signin.refused", status=401)
    principal, version = admitted
    return sign_in_steps.onward(door.engine, half_session.begin(principal.user_id, version=version), principal)


def _page(deps: Deps, *, login: str = "", problem: str = "", minutes: int | None = None, status: int = 200) -> Response:
    words = current_words()
    with db.anonymous(deps.engine) as connection:
        demo = accounts.demo_accounts(connection)
    waiting = {} if minutes is None else {"n": minutes}
    body = render_template(
        "masuk.html",
        words=words,
        login=login,
        problem=words(problem, **waiting) if problem else "",
        form_token=session.form_token(),
        demo=demo,
        demo_password=DEMO_PASSWORD,
        provider=deps.settings.oidc,
        next=local_path(request.args.get("next")),
    )
    return make_response(body, status)
