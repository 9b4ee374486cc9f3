"""Makes the application of the open geographic service, and sets it beside the pages."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from ogc.deps import KEPT, PREFIX
from registry.serving.beside import hand_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Response

    from ogc.deps import OgcDeps

_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def create_ogc(deps: OgcDeps) -> Flask:
    """The application, under ``/ogc``. It reads the session of the pages, and writes none."""
    # half a second to load, which a server that starts does not need
    from ogc import problems  # noqa: PLC0415
    from ogc.routes import routes  # noqa: PLC0415
    from ogc.who import find_out  # noqa: PLC0415

    app = Flask("ekasih.ogc", root_path=str(Path(__file__).parent), static_folder=None)
    app.config[KEPT] = deps
    app.secret_key = deps.settings.secret_key
    app.config.update(SESSION_COOKIE_NAME="ekasih_sesi", SESSION_REFRESH_EACH_REQUEST=False, MAX_CONTENT_LENGTH=1024)
    app.url_map.strict_slashes = False
    problems.install(app)
    app.before_request(find_out)
    app.register_blueprint(routes, url_prefix=PREFIX)
    if deps.settings.secure_cookies:
        # behind TLS there is a proxy, which tells whose request it passes on, and below which path
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_prefix=1)  # type: ignore[method-assign]

    @app.after_request
    def fence(answer: Response) -> Response:
        answer.headers.setdefault("Content-Security-Policy", _POLICY)
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.vary.update(("Authorization", "Cookie", "Accept-Language"))
        if deps.settings.secure_cookies:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return answer

    return app


class Later:
    """The application, made when it is first asked."""

    def __init__(self, deps: OgcDeps) -> None:
        self._deps = deps
        self._app: Flask | None = None
        self._turn = Lock()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Answer a request."""
        with self._turn:
            if self._app is None:
                self._app = create_ogc(self._deps)
        return self._app(environ, start)


def beside(server: Flask, ogc: Later) -> Flask:
    """The server of the pages, which hands what is asked of this service on before it looks at it itself."""
    return hand_on(server, ogc, is_theirs=_is_ours, refusal=lambda _: RequestEntityTooLarge())


def _is_ours(environ: dict[str, Any]) -> bool:
    path = str(environ.get("PATH_INFO", ""))
    return path == PREFIX or path.startswith(f"{PREFIX}/")
