"""Entry point of the portal alone, in a process of its own: ``server`` is what a web server runs."""

from portal.deps import PortalDeps, portal_engine
from portal.factory import alone, create_portal
from registry.installation.settings import Settings

_settings = Settings.load()
server = alone(create_portal(PortalDeps(_settings, portal_engine(_settings))))
