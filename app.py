"""Entry point: settings, database, the pages and what programs ask; ``server`` is what a web server runs."""

from api.deps import ApiDeps
from api.factory import beside, create_api
from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from ogc.deps import OgcDeps
from ogc.factory import Later
from ogc.factory import beside as ogc_beside
from portal.deps import PortalDeps, portal_engine
from portal.factory import beside as portal_beside
from portal.factory import create_portal
from registry.db import make_engine
from registry.installation.settings import Settings

settings = Settings.load()
_address = settings.web_url.render_as_string(hide_password=False)
engine = make_engine(_address, role=settings.web_role, source="screen")
app = create_app(Deps(settings, engine, SignedIn(engine)))
_programs = make_engine(_address, role=settings.web_role, pool_size=4, source="api")
server = beside(app.server, create_api(ApiDeps(settings, _programs)))
server = ogc_beside(server, Later(OgcDeps(settings, _programs, SignedIn(_programs))))
if settings.portal:
    server = portal_beside(server, create_portal(PortalDeps(settings, portal_engine(settings))))
