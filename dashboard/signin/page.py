"""Signing in and out, and choosing the language: plain pages that work without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Response, abort, make_response, redirect, render_template, request

from dashboard.guards import requires
from dashboard.i18n import LANGUAGE_COOKIE, current_words
from dashboard.localpath import asked_path, local_path
from dashboard.signin import half_session, session, visitor
from dashboard.signin import steps as sign_in_steps
from queries import accounts
from registry import db
from registry.accounts.sessions import BeginHalf
from registry.accounts.sign_in_tries import Try, forgive, refuse, take_try
from registry.accounts.users import DEMO_PASSWORD
from registry.principals import Permission
from words import LANGUAGES

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


@dataclass(frozen=True, slots=True)
class Judged:
    """A try at a name and password: who it was and the account's version, where they belong together."""

    taken: Try
    principal: Principal | None = None
    version: int = 0


@dataclass(frozen=True)
class Doorkeeper:
    """Checks names and passwords; an unknown name takes as long as a wrong password."""

    engine: Engine
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    nobody_hash: str = field(default_factory=lambda: PasswordHasher().hash("nobody"))

    def judge(self, login: str, password: str) -> Judged:
        """Count the try and then judge it; a right one is left to whoever carries on with it to forgive.

        Raises:
            DatabaseAway: the server cannot be reached.

        """
        with db.signing_in(self.engine) as connection:
            taken = take_try(connection, "password", login, visitor.origin())
            row = accounts.sign_in_account(connection, login) if taken.number is not None else None
        if taken.number is None:
            return Judged(taken)
        fits = self._fits(self.nobody_hash if row is None else row["password_hash"], password)
        if row is None or not fits:
            with db.signing_in(self.engine) as connection:
                refuse(connection, taken)
            return Judged(taken)
        return Judged(taken, session.principal_of(row), row["session_version"])

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
        principal = deps.principal()
        if principal is not None:
            return redirect(sign_in_steps.landing(principal))
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
            with db.signing_in(deps.engine) as connection:
                session.end(connection)
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
    if not session.form_token_holds(request.form.get("form_token", "")):
        return _page(deps, login=login, problem="signin.expired", status=400)
    if not login or not password:
        return _page(deps, login=login, problem="signin.both", status=400)
    judged = door.judge(login, password)
    if judged.taken.number is None:
        return _page(deps, login=login, problem="signin.wait", minutes=judged.taken.wait_minutes, status=429)
    if judged.principal is None:
        return _page(deps, login=login, problem="signin.refused", status=401)
    begun = BeginHalf(user_id=judged.principal.user_id, version=judged.version, factor=False, password=True)
    with db.signing_in(door.engine) as connection:
        forgive(connection, judged.taken)
        half = half_session.begin(connection, begun)
    return sign_in_steps.onward(door.engine, half, judged.principal)


def _page(deps: Deps, *, login: str = "", problem: str = "", minutes: int | None = None, status: int = 200) -> Response:
    words = current_words()
    with db.anonymous(deps.engine) as connection:
        demo = accounts.demo_accounts(connection)
    waiting = {} if minutes is None else {"n": minutes}
    body = render_template(
        "sign_in.html",
        words=words,
        login=login,
        problem=words(problem, **waiting) if problem else "",
        form_token=session.form_token(),
        demo=demo,
        demo_password=DEMO_PASSWORD,
        provider=deps.settings.oidc,
        next=asked_path(request.args.get("next")),
    )
    return make_response(body, status)
