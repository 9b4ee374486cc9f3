"""Signing in with an identity provider (OpenID Connect), where the settings name one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from sqlalchemy import text

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.localpath import asked_path
from dashboard.signin import half_session
from dashboard.signin import session as full_session
from dashboard.signin.session import principal_of
from dashboard.signin.steps import onward, page
from queries import accounts
from registry import db
from registry.accounts.sessions import BeginHalf
from registry.accounts.sign_in_tries import note_provider_refusal
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.deps import Deps
    from registry.installation.settings import Settings

PROVIDER_PATH: Final = "/masuk/penyedia"
RETURN_PATH: Final = "/masuk/penyedia/kembali"
_GOAL: Final = "goal"
_NAME: Final = "penyedia"
_SECONDS: Final = 10
_ACCOUNT = text("SELECT ekasih.provider_account(:subject, :login)")
log = logging.getLogger("ekasih")


class WrongIssuer(ValueError):
    """The provider calls itself something else than the settings do."""


def register(server: Flask, deps: Deps) -> None:
    """Add the way to the provider and back; nothing where the settings name none."""
    settings = deps.settings
    if not settings.oidc:
        return
    client = _client(server, settings)

    @server.get(PROVIDER_PATH)
    @requires(Permission.PUBLIC)
    def to_provider() -> AnyResponse:
        with db.signing_in(deps.engine) as connection:
            full_session.end(connection, why="replaced")
        session[_GOAL] = asked_path(request.args.get("next"))
        try:
            _metadata(client, settings)
            answer: AnyResponse = client.authorize_redirect(url_for("from_provider", _external=True))
        except (AuthlibBaseError, RequestException, RuntimeError, ValueError) as error:
            return _refused("provider.away", error, status=503)
        return answer

    @server.get(RETURN_PATH)
    @requires(Permission.PUBLIC)
    def from_provider() -> AnyResponse:
        try:
            _metadata(client, settings)
            claims = client.authorize_access_token()["userinfo"]
        except RequestException as error:
            return _refused("provider.away", error, status=503)
        except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError) as error:
            return _refused("provider.refused", error)
        return _signed_in(deps, claims)


def _client(server: Flask, settings: Settings) -> Any:
    secret = settings.oidc_client_secret
    issuer = str(settings.oidc_issuer)
    return OAuth(server).register(
        _NAME,
        client_id=settings.oidc_client_id,
        client_secret=None if secret is None else secret.get_secret_value(),
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.oidc_scope,
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            "token_endpoint_auth_method": "none" if secret is None else "client_secret_basic",
        },
    )


def _metadata(client: Any, settings: Settings) -> None:
    """Ask the provider once what it offers.

    Raises:
        WrongIssuer: it is not the one of the settings.

    """
    if client.load_server_metadata().get("issuer") != settings.oidc_issuer:
        raise WrongIssuer


def _signed_in(deps: Deps, claims: dict[str, object]) -> AnyResponse:
    """Lead whom the provider vouches for to the rest of the sign-in; nobody gets an account here."""
    asked = {
        "subject": f"{claims['iss']} {claims['sub']}",
        "login": str(claims.get("preferred_username") or ""),
    }
    with db.signing_in(deps.engine) as connection:
        user_id = connection.execute(_ACCOUNT, asked).scalar_one()
        row = None if user_id is None else accounts.account(connection, user_id)
        if row is None:
            note_provider_refusal(connection)
    if row is None:
        return _refused("provider.unknown", None, status=403)
    goal = asked_path(session.get(_GOAL))
    shown = _factor_shown(claims, deps.settings)
    begun = BeginHalf(user_id=row["user_id"], version=row["session_version"], factor=shown, password=False)
    with db.signing_in(deps.engine) as connection:
        half = half_session.begin(connection, begun)
    return onward(deps.engine, half, principal_of(row), goal=goal)


def _factor_shown(claims: dict[str, object], settings: Settings) -> bool:
    """Whether the provider says that it checked a second factor, in words that the settings trust."""
    methods = claims.get("amr")
    message = {str(one) for one in methods} if isinstance(methods, list) else set()
    return bool(settings.trusted_factors & (message | {str(claims.get("acr"))}))


def _refused(key: str, error: Exception | None, *, status: int = 401) -> AnyResponse:
    """Say that it did not work, and log of the cause only its kind."""
    session.clear()
    if error is not None:
        log.warning("sign-in with the identity provider failed: %s", type(error).__name__)
    return page("provider.html", sentence=current_words()(key), status=status)
