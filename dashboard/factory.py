"""Makes the app: its pages, who may open them, how errors are told, how answers travel."""

from __future__ import annotations

import logging
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dash import Dash
from flask import Flask, abort, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import (
    basemap,
    bodies,
    boundary_files,
    bundles,
    delivery,
    downloads,
    errors,
    finding,
    forgery,
    router,
    shell,
    suites,
    timings,
)
from dashboard.delivery import ASSETS, asset
from dashboard.guards import DEPS_KEY, deps_of_request
from dashboard.household import summary
from dashboard.i18n import current_language, current_words
from dashboard.localpath import HOME, local_path
from dashboard.pages.catalogue import PAGES
from dashboard.sent import gate
from dashboard.signin import idle, own_password, provider, second_factor
from dashboard.signin import page as signin

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from werkzeug.wrappers import Response

    from dashboard.deps import Deps
    from registry.installation.settings import Settings

HERE: Final = Path(__file__).parent
HEALTH_PATH: Final = "/sihat"

# What anyone may ask for: signing in, the language, our own files, whether the server is up. All else needs a sign-in.
# Callbacks come through one address and state what they need themselves.
# Steps of a sign-in that is half done look at what was shown so far themselves.
_OPEN: Final = (
    *("/masuk", "/kata-laluan", "/bahasa/", "/keluar", "/assets/", "/_dash-component-suites/", "/_favicon.ico"),
    HEALTH_PATH,
)


class App(Dash):
    """Dash with the page's first answer in the reader's language."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document that the app starts in."""
        words = current_words()
        scripts = suites.sorted_out(bundles.bundled(parts["scripts"], ".js"))
        styles = bundles.bundled(parts["css"], ".css")
        # the map is drawn before what stands beside it, and so are its scripts fetched
        soon = "" if request.path == HOME else scripts.soon
        return (
            f'<!DOCTYPE html><html lang="{current_language()}"{_ground()}{_basemap()}{scripts.attribute}{_charts()}>'
            f"<head>{parts['metas']}<title>{words('frame.title')}</title>{_icon_link()}{styles}{soon}</head><body>"
            f'<noscript><p class="ek-noscript">{words("frame.no_script")}</p></noscript>'
            f"{_waiting(parts['app_entry'], words('frame.loading'))}"
            f'<footer class="ek-dash">{parts["config"]}{scripts.tags}{parts["renderer"]}</footer></body></html>'
        )


def create_app(deps: Deps) -> Dash:
    """The app, with every page that there is; several can live in one process."""
    server = _server(deps.settings)
    server.config[DEPS_KEY] = deps
    app = App(
        "ekasih",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ASSETS),
        assets_path_ignore=[bundles.IGNORED],
        use_pages=False,
        title="eKasih",
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        include_pages_meta=False,
        add_log_handler=False,
        enable_mcp=False,
        use_async=False,  # else what happens to be installed decides it
        csrf_token_name=forgery.COOKIE,
        csrf_header_name=forgery.HEADER,
        on_error=errors.tell_callback,
    )
    app.layout = lambda: _layout(deps)
    errors.install(server)
    bodies.install(server, deps)
    delivery.install(app, deps.settings)
    if deps.settings.timings:
        timings.install(app.server, deps.engine)
    forgery.install(server, deps)
    gate.install(server, app)
    idle.install(server, deps)
    bundles.register(server)
    for part in (signin, second_factor, own_password, provider, boundary_files, basemap, downloads, summary, finding):
        part.register(server, deps)
    shell.register(app, deps)
    router.register(app, deps, PAGES)
    for page in PAGES:
        page.register(app, deps)
    _guard_routes(server, deps)
    return app


def _server(settings: Settings) -> Flask:
    server = Flask("ekasih", root_path=str(HERE), template_folder="templates", static_folder=None)
    gate.prepare(server)
    server.secret_key = settings.secret_key
    server.config.update(
        SESSION_COOKIE_NAME="ekasih_sesi",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=bodies.MOST_USUAL,
    )
    server.jinja_env.globals["asset"] = asset
    if settings.secure_cookies:
        # behind TLS there is a proxy, which tells whose request it passes on
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    @server.get(HEALTH_PATH)
    def health() -> Response:
        return server.response_class("ok\n", mimetype="text/plain")

    return server


def _layout(deps: Deps) -> Component:
    return shell.frame(deps.principal(), PAGES, current_words())


def _guard_routes(server: Flask, deps: Deps) -> None:
    @server.before_request
    def ask_who() -> Response | None:
        path = request.path
        if path == gate.CALLBACKS or path.startswith(_OPEN) or deps.principal() is not None:
            return None
        if request.method != "GET" or path.startswith("/_"):
            abort(401)
        asked = local_path(request.full_path.rstrip("?"))
        # the bare address of the site names no page: whoever signs in there starts where their role does
        return redirect(signin.SIGN_IN_PATH if asked == HOME else f"{signin.SIGN_IN_PATH}?next={quote(asked)}")


def _basemap() -> str:
    """What the maps of the page find their basemap by; nothing where there is none."""
    found = basemap.basemap_data(deps_of_request().settings.home)
    return f' data-basemap="{escape(found)}"' if found else ""


def _ground() -> str:
    """Where the maps of the page find what they are drawn on."""
    return f' data-around="{boundary_files.neighbours_url()}" data-places="{boundary_files.places_url()}"'


def _charts() -> str:
    """Where the charts' library is."""
    return f' data-charts="{asset("vendor/plotly/plotly-basic.min.js")}"'


def _icon_link() -> str:
    return f'<link rel="icon" type="image/svg+xml" href="{asset("icon.svg")}">'


def _waiting(entry: str, loading: str) -> str:
    """The place where the app will render, with our own waiting text instead of Dash's English one."""
    return entry.replace("Loading...", f'<span class="ek-sr">{loading}</span>')
