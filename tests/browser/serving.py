"""A small register, the application served over it, and somebody who visits."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from werkzeug.serving import make_server

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from portal.deps import PortalDeps
from portal.factory import beside, create_portal
from registry.db import PUBLIC_ROLE, PUBLIC_SCHEMA, WEB_ROLE, make_engine
from registry.installation.settings import Settings
from tests.browser import world
from tests.browser.visitor import Visitor, forget_sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser
    from werkzeug.serving import BaseWSGIServer

    from registry.installation.cluster import Cluster
    from tests.databases import Databases


_PORT: Final = 20_000 + os.getpid() % 10_000
"""Below those that systems give away."""


@contextmanager
def small_register(databases: Databases) -> Iterator[str]:
    """The name of a database with the small register of ``world``."""
    template = databases.derived_template(
        "browser", from_template=databases.template(), fill=world.fill, sources=world.SOURCES
    )
    name = databases.create(template)
    yield name
    databases.drop(name)


@contextmanager
def served(cluster: Cluster, database: str, *, home: Path | None = None) -> Iterator[str]:
    """The address of the application over a database; ``home`` is where it keeps files, the cluster's without it."""
    engine = make_engine(cluster.url(user=WEB_ROLE, database=database).render_as_string(hide_password=False))
    settings = Settings(home=home or cluster.home, session_idle_minutes=600)
    deps = Deps(settings, engine, SignedIn(engine))
    public_address = cluster.url(user=PUBLIC_ROLE, database=database).render_as_string(hide_password=False)
    public = make_engine(public_address, source="portal", schema=PUBLIC_SCHEMA)
    server = _listening(beside(create_app(deps).server, create_portal(PortalDeps(settings, public))))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    forget_sessions(address)
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()
    public.dispose()


def _listening(application: Flask) -> BaseWSGIServer:
    """A server, where the last one was if that is free: what the browser has compiled it knows by its address."""
    with suppress(OSError), socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", _PORT))
        held.listen()
        return make_server("127.0.0.1", _PORT, application, threaded=True, fd=held.fileno())
    return make_server("127.0.0.1", 0, application, threaded=True)


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody with an empty browser; a request to elsewhere or an error in a script fails the test."""
    visitor = Visitor(browser, address)
    yield visitor
    visitor.close()
    assert not visitor.requests_elsewhere, visitor.requests_elsewhere
    assert not visitor.script_errors, visitor.script_errors
