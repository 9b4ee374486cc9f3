"""What is sent is read with bounds, as the kinds that are named; anything else is refused, and nothing fails."""

from __future__ import annotations

import functools
import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest
from dash import ALL, Dash, Input, Output, State
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.sent.gate import check_question, fits
from dashboard.sent.json_text import DEEPEST, read_json
from dashboard.sent.kinds import Clicks, Fields, Nested, Number, RowsAsked, Text, View, kinds_of, reader, whole_number
from dashboard.sent.refusals import NotUnderstood, UnusableText
from registry.principals import Role
from tests.unit.dashboard.app import PEOPLE, app_for

if TYPE_CHECKING:
    from pathlib import Path

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["id", "property"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
PATTERN = {"type": "field", "name": ALL}


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"a":' * 5_000)
@example(b"9" * 10_000)
@example(b'"\\ud800"')
@example(b'"\\u0000"')
@example(b"1e999")
@example(b"NaN")
@example(b"\xff\xfe\x00")
def test_whatever_is_sent_is_read_or_refused(raw: bytes) -> None:
    try:
        read_json(raw)
    except NotUnderstood:
        return


@given(VALUES)
def test_what_is_read_is_what_was_sent(value: Any) -> None:
    try:
        read = read_json(json.dumps(value))
    except NotUnderstood:
        return
    assert read == value


@pytest.mark.parametrize(
    "raw", ["1" + "0" * 30, "-9007199254740993", "1e400", "-Infinity", "NaN", "{", "", "[" * 50 + "]" * 50]
)
def test_what_no_page_sends_is_refused(raw: str) -> None:
    with pytest.raises(NotUnderstood):
        read_json(raw)


@pytest.mark.parametrize("text", ["Ali\x00", "\ud800", "x\udfffy"])
def test_a_text_that_no_record_can_keep_is_refused_wherever_it_stands(text: str) -> None:
    for value in (text, [text], {text: 1}, {"a": [{"b": text}]}):
        with pytest.raises(UnusableText):
            read_json(json.dumps(value))


@pytest.mark.parametrize(
    "text", ["\U0001f600", "\u202eJawi \u062c\u0627\u0648\u064a", "\x01\t\n", "-42", "9007199254740991"]
)
def test_what_people_write_is_taken(text: str) -> None:
    assert read_json(json.dumps({"said": [text]})) == {"said": [text]}
    assert read_json("[" * DEEPEST + "]" * DEEPEST)


@functools.cache
def asked_app() -> Dash:
    app = Dash("asked")

    @app.callback(
        Output("told", "children"), Output(PATTERN, "error"),
        Input("save", "n_clicks"), State(PATTERN, "value"), State(PATTERN, "id"),
    )  # fmt: skip
    def save(*_said: object) -> None: ...

    return app


def question(**other: Any) -> dict[str, Any]:
    app, name = asked_app(), {"type": "field", "name": "a"}
    return {
        "output": next(iter(app.callback_map)),
        "outputs": [{"id": "told", "property": "children"}, [{"id": name, "property": "error"}]],
        "inputs": [{"id": "save", "property": "n_clicks", "value": 1}],
        "state": [[{"id": name, "property": "value", "value": "x"}], [{"id": name, "property": "id", "value": name}]],
        "changedPropIds": ["save.n_clicks"],
        **other,
    }


def test_a_question_as_it_was_declared_is_let_through() -> None:
    check_question(question(), asked_app().callback_map)
    check_question(question(changedPropIds=[], outputs=[{"id": "told", "property": "children"}, []], state=[[], []]),
                   asked_app().callback_map)  # fmt: skip


NAME, OTHER = {"type": "field", "name": "a"}, {"type": "field", "name": "b"}


@pytest.mark.parametrize(
    "other",
    [
        {"output": "other.children"}, {"output": None}, {"output": []}, {"inputs": None}, {"inputs": []},
        {"inputs": [{"id": "save", "property": "id"}]}, {"inputs": [{"id": "load", "property": "n_clicks"}]},
        {"inputs": [[{"id": "save", "property": "n_clicks"}]]}, {"inputs": [1]}, {"state": []}, {"state": [{}, {}]},
        {"state": [[{"id": "a", "property": "value"}], []]}, {"state": [[None], []]},
        {"state": [[{"id": NAME, "property": "value"}], []]},
        {"state": [[{"id": NAME, "property": "value"}], [{"id": OTHER, "property": "id", "value": OTHER}]]},
        {"state": [[{"id": NAME, "property": "value"}], [{"id": NAME, "property": "id", "value": {}}]]},
        {"state": [[{"id": {**NAME, "name": []}, "property": "value"}], [{"id": NAME, "property": "id"}]]},
        {"outputs": {"id": "told", "property": "children"}}, {"outputs": []}, {"outputs": "x"},
        {"outputs": [{"id": "banner", "property": "children"}, []]}, {"changedPropIds": "save.n_clicks"},
        {"changedPropIds": ["other.n_clicks"]}, {"changedPropIds": ["{.n_clicks"]}, {"changedPropIds": [{}]},
        {"changedPropIds": ['{"type":"field","name":"a"}.value']},
    ],
)  # fmt: skip
def test_a_question_that_was_not_declared_so_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(NotUnderstood):
        check_question(question(**other), asked_app().callback_map)


@given(VALUES, st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]))
def test_no_part_of_a_question_makes_the_check_fail(value: Any, part: str) -> None:
    callbacks = asked_app().callback_map
    for body in (value, {part: value}, question(**{part: value}), question(**{part: [value, value]})):
        try:
            check_question(body, callbacks)
        except NotUnderstood:
            continue


def test_an_id_fits_its_pattern_by_all_of_its_names() -> None:
    declared = json.dumps({"type": "field", "name": ["MATCH"]})
    assert fits(NAME, declared)
    assert not any(
        fits(other, declared) for other in ({**NAME, "row": 1}, {"type": "field"}, {**NAME, "type": "x"}, "x")
    )


def taking(view: View, asked: RowsAsked | None, *said: Text | None, clicks: Number | None = None) -> object:
    return view, asked, said, clicks


def test_arguments_become_what_the_function_says_it_takes() -> None:
    read = reader(taking)
    assert read([{"in": "08"}, {"startRow": 50, "endRow": 100}, "a", None], {"clicks": 2}) == (
        [{"in": "08"}, RowsAsked(startRow=50), "a", None], {"clicks": 2})  # fmt: skip


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ([None, None], {}), ([[], None], {}), ([{"in": []}, None], {}), ([{"in": {}}, None], {}), ([{}, 1], {}),
        ([{}, {"startRow": -1}], {}), ([{}, {"startRow": 10**30}], {}), ([{}, {"startRow": "x"}], {}),
        ([{}, None, 1], {}), ([{}, None, "x" * 5_000], {}), ([{}, None, []], {}), ([{}, None], {"clicks": "x"}),
        ([{}, None], {"clicks": -1}), ([{}, None], {"clicks": 1.5}), ([{}, None], {"clicks": []}),
        ([dict.fromkeys(map(str, range(3_000))), None], {}),
    ],
)  # fmt: skip
def test_arguments_of_other_kinds_are_refused(args: list[Any], kwargs: dict[str, Any]) -> None:
    with pytest.raises(NotUnderstood):
        reader(taking)(args, kwargs)


@pytest.mark.parametrize("said", ["\u00b2", "\u0661x", "", None, "1.5", -1, [], {}, "9" * 30, "1; DROP"])
def test_no_number_is_taken_for_one(said: object) -> None:
    with pytest.raises(NotUnderstood):
        whole_number(said)


def test_every_callback_and_route_says_of_each_argument_what_it_is(tmp_path: Path) -> None:
    app = app_for(PEOPLE[Role.ADMINISTRATOR], tmp_path)
    with app.server.test_request_context("/"):
        app._setup_server()
    open_ended = [
        f"{function.__qualname__}: {name}"
        for function in _functions(app)
        for name, kind in kinds_of(function).items()
        if "typing.Any" in repr(kind) or kind in (str, int, dict, list)
    ]
    assert open_ended == []


def _functions(app: Dash) -> list[Any]:
    callbacks = [entry["callback"] for entry in app.callback_map.values() if "callback" in entry]
    return [inspect.unwrap(function) for function in callbacks]


def test_alike_buttons_and_fields_have_kinds() -> None:
    def pressed(clicks: Clicks, values: Fields, stored: Nested | None) -> object:
        return clicks, values, stored

    assert reader(pressed)([[1, None], ["x", 1, None, ["a"]], {"a": [{"b": 1}]}], {})[0][0] == [1, None]
