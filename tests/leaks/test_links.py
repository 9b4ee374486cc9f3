"""No page leads anybody to a page or file that they would be refused, and nothing is offered that leads nowhere."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dashboard.frame_ids import LOCATION
from dashboard.pages.catalogue import PAGES
from registry.principals import Principal, Role
from tests.leaks.conftest import told
from tests.leaks.endpoints import CALLBACKS, Target, request_of, server_callbacks
from tests.leaks.world import HERE, numbers_of
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from registry.principals import Permission
    from tests.leaks.conftest import World

_LOOKS = re.compile(r"\.(show|draw|give|offer|open)\w*$")
_LINK = re.compile(r'"href": "(/[^"]*)"')
_OPEN = "dashboard.router.open_page"
_LEADS_OUT = (
    "/keluar", "/bahasa/", "/assets/", "/masuk", "/foto/", "/foto-projek/", "/rujukan/fail/", "/sokongan/gambar/",
    "/api/",
)  # fmt: skip
"""What is the same for everybody, and photographs and enclosures, of which this world has no files."""
MS = words_of("ms")


def _opened(world: World, client: FlaskClient, address: str) -> str:
    path, _, search = address.partition("?")
    callback = next(found for name, found in server_callbacks(world.app) if name == _OPEN)
    given = {f"{LOCATION}.pathname": path, f"{LOCATION}.search": f"?{search}" if search else ""}
    return told(world.ask(client, request_of(callback, given)))


def _subject(name: str) -> str:
    found = re.match(r"dashboard\.pages\.(\w+)", name)
    return found[1] if found else ""


def _said(world: World, client: FlaskClient, own: Target, may: Callable[[Permission], bool]) -> dict[str, str]:
    """What every page says that is looked at, by the name of what says it; the frame with its rail among them."""
    said = {"frame": told(client.get("/_dash-layout"))}
    # a page that is not opened shows nothing, whatever its callbacks would answer
    opened = {"", *(_subject(page.layout.__module__) for page in PAGES if may(page.permission))}
    for name, callback in server_callbacks(world.app):
        if name == _OPEN or (_LOOKS.search(name) and _subject(name) in opened):
            answers = [told(world.ask(client, request_of(callback, given))) for given in CALLBACKS[name](own)]
            said[name] = json.dumps([json.loads(answer) for answer in answers if answer.startswith("{")])
    return said


def _refused(world: World, client: FlaskClient, address: str) -> bool:
    rule = world.app.server.url_map.bind("localhost").match(address.partition("?")[0], return_rule=True)[0].rule
    if rule not in {"/", "/<path:path>"}:
        return client.get(address).status_code >= 400
    page = _opened(world, client, address)
    return MS("frame.refused") in page or MS("frame.no_page") in page


def test_no_link_of_any_role_leads_to_a_refusal(whole: World) -> None:
    with whole.owner.connect() as owner:
        own = Target(HERE, numbers_of(owner, HERE))
    assert {role: found for role in Role if (found := _refusals(whole, role, own))} == {}


def _refusals(whole: World, role: Role, own: Target) -> set[tuple[str, str]]:
    """Where something of a role leads to a refusal: what says so, and the link."""
    client = whole.client(role)
    links = {
        (name.removeprefix("dashboard.").removeprefix("pages."), re.sub(r"\\u0026", "&", link))
        for name, said in _said(whole, client, own, Principal(1, role, role, role).may).items()
        for link in _LINK.findall(said)
        if not link.startswith(_LEADS_OUT)
    }
    asked = {link: _refused(whole, client, link) for _, link in links}
    assert len(asked) > 4
    return {(name, link) for name, link in links if asked[link]}
