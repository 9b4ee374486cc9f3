"""What programs ask of every site: what to crawl, where its pages are, whom to tell of a weakness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from portal.deps import deps_of_request
from portal.home import entrances
from portal.pages import PREFIX
from portal.routes import shown

PATHS: Final = ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
machines = Blueprint("machines", __name__)


@machines.get("/robots.txt")
@shown
def robots() -> Response:
    """Search engines read what is published and its forms, and nothing of those with an account."""
    site = deps_of_request().settings.public_url
    lines = ("User-agent: *", f"Allow: {PREFIX}", "Disallow: /", f"Sitemap: {site}/sitemap.xml", "")
    return _text("\n".join(lines))


@machines.get("/sitemap.xml")
@shown
def sitemap() -> Response:
    """The addresses of the portal's pages."""
    site = deps_of_request().settings.public_url
    listed = "".join(f"<url><loc>{escape(site + path)}</loc></url>" for path in (PREFIX, *entrances()))
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>',
        mimetype="application/xml",
    )


@machines.get("/.well-known/security.txt")
@shown
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116)."""
    settings = deps_of_request().settings
    until = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = settings.security_contact or f"{settings.public_url}{PREFIX}/hubungi"
    lines = (f"Contact: {contact}", f"Expires: {until}", "Preferred-Languages: ms, en", "")
    return _text("\n".join(lines))


def _text(said: str) -> Response:
    return Response(said, mimetype="text/plain")
