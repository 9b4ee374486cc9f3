"""Entry point: settings, database, app; ``server`` is what a web server runs."""

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.session import SignedIn
from registry.db import make_engine
from registry.settings import Settings

settings = Settings.load()
engine = make_engine(settings.web_url.render_as_string(hide_password=False), role=settings.web_role)
app = create_app(Deps(settings, engine, SignedIn(engine, settings.session_hours, settings.session_idle_minutes)))
server = app.server
