"""Makes the application of agencies' programs: its routes, its errors, its document; and sets it beside the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from apiflask import APIFlask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from api import bodies, document, problems
from api.aid_lines import aid_lines
from api.applications import applications
from api.deps import KEPT, deps_of_request
from api.document_page import document_page
from api.guards import shown_token
from api.needs_met import needs_met
from api.oauth import oauth
from api.programmes import programmes
from api.target_groups import target_groups
from registry import db
from registry.api_keys.tokens import is_token
from registry.errors import SignInRequired
from registry.serving.beside import hand_on

if TYPE_CHECKING:

    from flask import Flask, Response

    from api.deps import ApiDeps

PREFIX: Final = "/api"
ROOT: Final = f"{PREFIX}/v1"
_PARTS: Final = (document_page, oauth, programmes, aid_lines, needs_met, target_groups, applications)
_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def create_api(deps: ApiDeps) -> APIFlask:
    """The application, under ``/api/v1``; it knows no session and sets no cookie."""
    app = APIFlask(
        "ekasih.api",
        root_path=str(Path(__file__).parent),
        title=document.TITLE,
        version=document.VERSION,
        spec_path=f"{ROOT}/openapi.json",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]
        template_folder="templates",
    )
    app.config[KEPT] = deps
    app.url_map.strict_slashes = True
    problems.install(app)
    bodies.install(app)
    document.install(app)
    for part in _PARTS:
        app.register_blueprint(part, url_prefix=ROOT)
    if deps.settings.secure_cookies:
        # behind TLS there is a proxy, which tells whose request it passes on
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]

    @app.after_request
    def fence(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", _POLICY)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
        answer.headers.setdefault("Cache-Control", "no-store")
        if deps.settings.secure_cookies:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return answer

    return app


def beside(server: Flask, api: APIFlask) -> Flask:
    """The server of the pages, which hands what is asked of programs' addresses on before it looks at it itself."""
    return hand_on(server, api, is_theirs=_is_ours, refusal=lambda environ: _refusal(api, environ))


def _is_ours(environ: dict[str, Any]) -> bool:
    path = str(environ.get("PATH_INFO", ""))
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _refusal(api: APIFlask, environ: dict[str, Any]) -> Exception | None:
    """Why a large body is not read: it is larger than any may be, or of nobody."""
    with api.request_context(environ):
        if int(environ.get("CONTENT_LENGTH") or 0) > bodies.MOST_BYTES:
            return RequestEntityTooLarge()
        token = shown_token()
        if token is None:
            return SignInRequired()
        with db.anonymous(deps_of_request().engine) as connection:
            return None if is_token(connection, token) else SignInRequired()
