"""Looks at every request before anything else does: its size, its texts, and whether a callback is asked as declared.

Dash finds the callback, its inputs and its outputs by names that the browser sends, and takes them as they are. What a
page of ours would not send is refused here, in words that the page shows.
"""

from __future__ import annotations

import functools
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from dashboard.sent.json_text import LARGEST_WHOLE, SentJson, read_json, usable
from dashboard.sent.refusals import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dash import Dash
    from flask import Flask

CALLBACKS: Final = "/_dash-update-component"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_LONGEST_QUERY: Final = 8_000
_LONGEST_ID: Final = 200
_MOST_ALIKE: Final = 5_000
_WILDCARDS: Final = (["ALL"], ["MATCH"], ["ALLSMALLER"])
_MANY: Final = (["ALL"], ["ALLSMALLER"])


class BoundedInteger(IntegerConverter):
    """A number in an address that can be one of a record."""

    def to_python(self, value: str) -> int:
        """The number; an address with a larger one is nobody's."""
        if len(value) > len(str(LARGEST_WHOLE)) or int(value) > LARGEST_WHOLE:
            raise ValidationError
        return int(value)


def prepare(server: Flask) -> None:
    """Read JSON and numbers of addresses with bounds; before any route is added."""
    server.json = SentJson(server)
    server.url_map.converters["int"] = BoundedInteger


def install(server: Flask, app: Dash) -> None:
    """Refuse what no page of ours sends; after forged requests were refused."""

    @server.before_request
    def understand() -> None:
        if len(request.query_string) > _LONGEST_QUERY:
            abort(HTTPStatus.REQUEST_URI_TOO_LONG)
        _check_texts()
        if request.path == CALLBACKS and request.method == "POST":
            check_question(request.get_json(), app.callback_map)


def _check_texts() -> None:
    """Refuse an address or a form with a text that no record can keep."""
    usable(request.path)
    # a body that is no form is its route's to read
    forms = (request.form,) if request.mimetype in _FORMS else ()
    for given in (request.args, *forms):
        for name, value in given.items(multi=True):
            usable(name)
            usable(value)


def check_question(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold what is asked of a callback against how it was declared.

    Raises:
        NotUnderstood: there is no such callback, or its inputs, states or outputs are others.

    """
    if not isinstance(body, dict):
        raise NotUnderstood
    output = body.get("output")
    callback = callbacks.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:
        raise NotUnderstood
    inputs, state = callback["inputs"], callback["state"]
    _check_list(body.get("inputs"), inputs)
    _check_list(body.get("state", []), state)
    outputs = _declared_outputs(callback)
    sent = body.get("outputs")
    _check_list(sent if str(output).startswith("..") else [sent], outputs)
    _check_changed(body.get("changedPropIds", []), inputs)


def _declared_outputs(callback: Mapping[str, Any]) -> list[dict[str, str]]:
    declared = callback["output"]
    return [
        {"id": one.component_id_str(), "property": one.component_property}
        for one in (declared if isinstance(declared, (list, tuple)) else [declared])
    ]


def _check_list(sent: object, declared: Iterable[Mapping[str, str]]) -> None:
    expected = list(declared)
    if not isinstance(sent, list) or len(sent) != len(expected):
        raise NotUnderstood
    alike: dict[str, list[object]] = {}
    for one, stated in zip(sent, expected, strict=True):
        if any(part in _MANY for part in _pattern(stated["id"]).values()):
            if not isinstance(one, list) or len(one) > _MOST_ALIKE:
                raise NotUnderstood
            for each in one:
                _check_one(each, stated)
            # callbacks go through the properties of alike fields side by side
            if alike.setdefault(stated["id"], found := [each["id"] for each in one]) != found:
                raise NotUnderstood
        else:
            _check_one(one, stated)


def _check_one(sent: object, stated: Mapping[str, str]) -> None:
    if not isinstance(sent, dict):
        raise NotUnderstood
    named = sent.get("property") == stated["property"] and fits(sent.get("id"), stated["id"])
    if not named or (sent["property"] == "id" and "value" in sent and sent["value"] != sent["id"]):
        raise NotUnderstood


def fits(sent: object, declared: str) -> bool:
    """Whether an id is the declared one, or one of those that its pattern stands for."""
    pattern = _pattern(declared)
    if not pattern:
        return sent == declared
    if not isinstance(sent, dict) or set(sent) != set(pattern):
        return False
    return all(_is_name(sent[name]) if part in _WILDCARDS else sent[name] == part for name, part in pattern.items())


def _is_name(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and len(value) <= _LONGEST_ID)


def _check_changed(sent: object, inputs: list[dict[str, str]]) -> None:
    """Refuse the name of a changed property that no input stands for; one that has left the page meanwhile fits too."""
    if not isinstance(sent, list) or len(sent) > _MOST_ALIKE:
        raise NotUnderstood
    for name in sent:
        if not isinstance(name, str):
            raise NotUnderstood
        identity, _, changed = name.rpartition(".")
        known: object = read_json(identity) if identity.startswith("{") else identity
        if not any(changed == one["property"] and fits(known, one["id"]) for one in inputs):
            raise NotUnderstood


@functools.cache
def _pattern(declared: str) -> dict[str, Any]:
    """What a declared id with wildcards is made of; nothing for a plain one."""
    return dict(json.loads(declared)) if declared.startswith("{") else {}
