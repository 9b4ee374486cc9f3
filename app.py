"""Entry point: settings, database, app; ``server`` is what a web server runs."""

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from registry.db import make_engine
from registry.installation.settings import Settings

settings = Settings.load()
engine = make_engine(settings.web_url.render_as_string(hide_password=False), role=settings.web_role, source="screen")
app = create_app(Deps(settings, engine, SignedIn(engine)))
server = app.server
