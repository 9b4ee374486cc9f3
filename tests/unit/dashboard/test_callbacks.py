"""Every callback and route says who may call it, and speaks of things that are on a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from registry.principals import Permission, Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dash import Dash

# Dash's own addresses: the layout and the callbacks answer only who is signed in; the rest is the library's files.
_ROUTES_OF_DASH = ("/_dash", "/_favicon", "/_reload-hash", "/_alive", "/assets/", "/<path:path>", "/")


@pytest.fixture
def app(tmp_path: Path) -> Dash:
    return app_for(PEOPLE[Role.ADMINISTRATOR], tmp_path)


def set_up(app: Dash) -> None:
    """What Dash does when the first page is asked for."""
    with app.server.test_request_context("/"):
        app._setup_server()


def server_callbacks(app: Dash) -> dict[str, Any]:
    set_up(app)
    return {name: entry for name, entry in app.callback_map.items() if "callback" in entry}


def stated(function: Any) -> Any:
    """The permission that a callback states, under the wrappers that Dash puts around it."""
    while function is not None:
        if hasattr(function, "required_permission"):
            return function.required_permission
        function = getattr(function, "__wrapped__", None)
    return None


def test_every_callback_states_a_permission(app: Dash) -> None:
    callbacks = server_callbacks(app)
    assert callbacks
    assert [name for name, entry in callbacks.items() if not isinstance(stated(entry["callback"]), Permission)] == []


def test_every_route_of_ours_states_a_permission_or_is_the_health_check(app: Dash) -> None:
    ours = [rule for rule in app.server.url_map.iter_rules() if not rule.rule.startswith(_ROUTES_OF_DASH[:5])]
    unstated = [
        rule.rule
        for rule in ours
        if rule.rule not in _ROUTES_OF_DASH and stated(app.server.view_functions[rule.endpoint]) is None
    ]
    assert unstated == ["/sihat"]


def dependencies(app: Dash) -> Iterator[tuple[str, str]]:
    """The id of everything that a callback reads or writes, with the callback's name."""
    set_up(app)
    for entry in app._callback_list:
        for dependency in [*entry["inputs"], *entry["state"]]:
            yield dependency["id"], entry["output"]
        # one that only acts in the browser has a hash in place of what it writes
        for output in [] if entry.get("no_output") else entry["output"].strip(".").split("..."):
            if output:
                yield output.rsplit(".", 1)[0], entry["output"]


def test_no_two_callbacks_write_the_same_thing(app: Dash) -> None:
    set_up(app)
    outputs = [
        output
        for entry in app._callback_list
        if not entry.get("no_output")
        for output in entry["output"].strip(".").split("...")
    ]
    assert sorted({output for output in outputs if output and outputs.count(output) > 1}) == []


def test_two_apps_live_in_one_process(tmp_path: Path) -> None:
    first = app_for(PEOPLE[Role.PLANNER], tmp_path)
    second = app_for(PEOPLE[Role.PLANNER], tmp_path)
    assert {*server_callbacks(first)} == {*server_callbacks(second)} != set()


def test_no_callback_allows_duplicates(app: Dash) -> None:
    set_up(app)
    # one that writes nothing has a name of its own
    assert [one["output"] for one in app._callback_list if "@" in one["output"] and not one.get("no_output")] == []


def ids_in(component: Any) -> Iterator[str]:
    """The ids in a layout as they travel to the browser; those of patterns as their type."""
    if isinstance(component, dict):
        props = component.get("props", component)
        if isinstance(props, dict) and (own := props.get("id")):
            yield own["type"] if isinstance(own, dict) else own
        for value in component.values():
            yield from ids_in(value)
    elif isinstance(component, list):
        for value in component:
            yield from ids_in(value)


def test_every_id_of_a_callback_is_on_some_page(app: Dash) -> None:
    from dashboard.pages.catalogue import PAGES

    with app.server.test_request_context("/"):
        frame = json.loads(_travels(app.layout()))
        known = set(ids_in(frame))
        for page in PAGES:
            variables = dict.fromkeys(_names(page.path), "1")
            known |= set(ids_in(json.loads(_travels(page.layout(**variables)))))
    known |= drawn_later()
    asked = {(_plain(name), callback) for name, callback in dependencies(app)}
    assert sorted(f"{name} in {callback}" for name, callback in asked if name not in known) == []


def drawn_later() -> set[str]:
    """Ids of what callbacks draw into a page; a page's ``ids`` module lists them with the rest."""
    import importlib
    import pkgutil

    import dashboard.pages

    found: set[str] = set()
    for module in pkgutil.walk_packages(dashboard.pages.__path__, "dashboard.pages."):
        if module.name.endswith(".ids"):
            names = vars(importlib.import_module(module.name))
            found |= {value for name, value in names.items() if name.isupper() and isinstance(value, str)}
    return found


def _travels(layout: Any) -> str:
    from dash._utils import to_json

    return str(to_json(layout))


def _names(path: str) -> list[str]:
    return [part.strip("<>") for part in path.split("/") if part.startswith("<")]


def _plain(name: str) -> str:
    return str(json.loads(name)["type"]) if name.startswith("{") else name
