"""Who has no account is told by no address of the portal that anybody is in the register."""

from __future__ import annotations

import re
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from portal import sending
from portal.deps import PortalDeps
from portal.factory import create_portal
from portal.proof import Prover
from portal.routes import STATED
from registry.db import PUBLIC_ROLE, PUBLIC_SCHEMA, make_engine
from registry.installation.bootstrap import str_url
from registry.installation.settings import Settings
from tests.integration.portal.conftest import KEY, Visitor
from tests.leaks.world import HERE, THERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from registry.installation.cluster import Cluster
    from tests.leaks.conftest import World
    from tests.leaks.world import Place

_OFTEN = text("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.%'")
_FIELD = re.compile(r'<(?:input|textarea|select)[^>]* name="(\w+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
# references, times and signed answers differ from one turn to the next, whatever is asked
_CHANGING = re.compile(
    r"[A-Z](?:-[0-9A-Z]{4}){2}|[0-9A-Z]{4}-[0-9A-Z]{4}|value=\"[^\"]{60,}\""
    r"|\"(?:nonce|salt|keyPrefix|keySignature|signature)\":\"\w+\"|\"expiresAt\":\d+"
)
_SAMPLES = {
    "asked": "ms", "area": "08", "measure": "miskin", "slug": "pgk", "number": "1", "name": "portal.css",
    "code": "0803", "zoom": "1", "column": "2", "row": "3",
}  # fmt: skip


@contextmanager
def public(world: World, cluster: Cluster) -> Iterator[Visitor]:
    """Somebody at the portal of a world, who may send as often as they like."""
    with world.owner.begin() as owner:
        owner.execute(_OFTEN)
    engine = make_engine(
        str_url(cluster.url(user=PUBLIC_ROLE, database=str(world.engine.url.database))), schema=PUBLIC_SCHEMA
    )
    app = create_portal(PortalDeps(Settings(home=cluster.home, given_portal_key=KEY), engine))  # type: ignore[arg-type]
    yield Visitor(app.test_client(), Prover(KEY, cost=1, least=0, most=1))
    engine.dispose()


def filled(rule: Rule) -> str:
    """The address of a route, with something for every part of it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: _SAMPLES[found.group(1)], rule.rule)


def asked(visitor: Visitor, place: Place) -> Iterator[tuple[str, str]]:
    """What every route answers to somebody who knows all of a family of a district, and types it into every field."""
    app: Flask = visitor.client.application
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        path = filled(rule)
        if "GET" in (rule.methods or ()):
            with visitor.get(path) as answer:
                yield f"GET {rule.rule}", answer.get_data(as_text=True)
        if "POST" in (rule.methods or ()):
            with visitor.get(path) as form:
                page = form.get_data(as_text=True)
            values = dict.fromkeys(_FIELD.findall(page), place.id_no) | dict(_HIDDEN.findall(page))
            values |= {name: place.phone for name in values if "phone" in name}
            with visitor.send(path, values) as answer:
                assert answer.status_code != HTTPStatus.TOO_MANY_REQUESTS, path
                yield f"POST {rule.rule}", answer.get_data(as_text=True)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LEAST_SECONDS", 0.0)


def test_no_address_tells_nobody_of_anybody(whole: World, cluster: Cluster) -> None:
    with public(whole, cluster) as visitor:
        assert all(hasattr(view, STATED) for view in visitor.client.application.view_functions.values())
        for place in (HERE, THERE):
            typed = {place.id_no, place.written_id, place.phone}
            for where, answer in asked(visitor, place):
                told = [mark for mark in (*HERE.marks, *THERE.marks) if mark in answer and mark not in typed]
                assert told == [], where


def test_with_and_without_a_district_in_the_register_the_answers_are_the_same(
    whole: World, own_alone: World, cluster: Cluster
) -> None:
    with public(whole, cluster) as one, public(own_alone, cluster) as other:
        for (where, with_it), (_, without) in zip(asked(one, THERE), asked(other, THERE), strict=True):
            assert _CHANGING.sub("", with_it) == _CHANGING.sub("", without), where
