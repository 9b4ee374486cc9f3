"""Makes the portal: its pages under ``/awam``, its headers, its limits; beside the other pages, or alone."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, redirect, request, send_from_directory
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import challenges, home, machines
from portal.articles import guide, shelf
from portal.deps import KEPT
from portal.figures import files, pages
from portal.inquiries import answers, asking
from portal.intake import asking as intake
from portal.intake import following, pinning
from portal.language import language
from portal.pages import PREFIX, STATIC, page
from portal.routes import shown
from portal.support import tickets
from registry.errors import DatabaseAway, place_in_code
from registry.refusals import rule_of
from registry.serving.beside import hand_on
from registry.serving.compression import Compressor
from registry.serving.limits import ADMIT

if TYPE_CHECKING:

    from werkzeug.wrappers import Response as AnyResponse

    from portal.deps import PortalDeps

MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 100
_PARTS: Final = (
    language,
    challenges.challenges,
    home.home,
    machines.machines,
    asking.asking,
    answers.answers,
    intake.asking,
    following.following,
    pinning.pictures,
    shelf.shelf,
    guide.guide,
    tickets.tickets,
    pages.figures,
    files.files,
)
_FILES: Final = f"{PREFIX}/fail/"
_KEPT_FOR_GOOD: Final = (_FILES, pinning.PICTURES)
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; worker-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
log = logging.getLogger("ekasih")


def create_portal(deps: PortalDeps) -> Flask:
    """The portal; it knows no session, reads nothing of a person, and sets no cookie but the language."""
    app = Flask("ekasih.portal", root_path=str(Path(__file__).parent), static_folder=None)
    app.config[KEPT] = deps
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES, MAX_FORM_PARTS=_MOST_FIELDS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in _PARTS:
        app.register_blueprint(part, url_prefix="" if part is machines.machines else PREFIX)
    if deps.settings.secure_cookies:
        # behind TLS there is a proxy, which tells whose request it passes on
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]

    @app.get(f"{_FILES}<path:name>")
    @shown
    def file(name: str) -> AnyResponse:
        return send_from_directory(STATIC, name)

    @app.get("/")
    @shown
    def root() -> AnyResponse:
        return redirect(PREFIX)

    _bound_forms(app)
    _tell_errors(app)
    _fence(app, deps)
    return app


def beside(server: Flask, portal: Flask) -> Flask:
    """The server of the pages, which hands what is the portal's on before it looks at it itself."""
    return hand_on(server, portal, is_theirs=_is_ours, refusal=refuse_large)


def alone(portal: Flask) -> Flask:
    """The portal as a server of its own."""
    portal.extensions[ADMIT] = refuse_large
    return portal


def refuse_large(_environ: dict[str, Any]) -> Exception | None:
    """Why a large body is not read: no form of the portal is one."""
    return RequestEntityTooLarge()


def _is_ours(environ: dict[str, Any]) -> bool:
    path = str(environ.get("PATH_INFO", ""))
    return path == PREFIX or path.startswith((f"{PREFIX}/", *machines.PATHS))


def _bound_forms(app: Flask) -> None:
    @app.before_request
    def plain_forms_only() -> Response | None:
        if request.method == "POST" and request.mimetype != "application/x-www-form-urlencoded":
            return page("problem.html", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE, told="not_understood")
        if request.method == "POST" and len(list(request.form.items(multi=True))) > _MOST_FIELDS:
            return page("problem.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told="too_large")
        return None


def _tell_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> AnyResponse:
        status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        if status < HTTPStatus.BAD_REQUEST:
            return error.get_response()
        told = "not_found" if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED} else "not_understood"
        return page("problem.html", status=status, told="too_large" if status == 413 else told)  # noqa: PLR2004

    @app.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
        rule = rule_of(error)
        # never what it says, which may quote what was sent
        log.error("reference %s: %s", reference, rule.key if rule else place_in_code(error))
        away = isinstance(rule, DatabaseAway)
        status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
        return page("problem.html", status=status, told="away" if away else "unexpected", reference=reference)


def _fence(app: Flask, deps: PortalDeps) -> None:
    compress = Compressor((_FILES,))

    @app.after_request
    def fence(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", _POLICY)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), payment=(), geolocation=(self)")
        answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if deps.settings.secure_cookies:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if answer.status_code == HTTPStatus.OK and request.path.startswith(_KEPT_FOR_GOOD) and "m" in request.args:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            answer.headers["Cache-Control"] = "no-store"
        # packed, an answer would be as long as its reference happens to pack, and no two alike
        return answer if request.method == "POST" else compress(answer)
