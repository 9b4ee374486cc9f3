"""The address holds a view: it survives the way there and back, and what somebody made up does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dashboard.urlstate import UrlState, choice, code, whole


@dataclass(frozen=True)
class View(UrlState):
    """A view with a field of each kind."""

    level: str = choice("state", "district", "mukim")
    within: str = code("MY", name="in")
    classes: int = whole(5, at_least=3, at_most=7, name="k")


def test_an_empty_address_is_the_default_view() -> None:
    assert View.parse({}) == View()


def test_the_default_view_is_an_empty_address() -> None:
    assert View().address("/") == "/"


def test_only_what_differs_is_in_the_address() -> None:
    assert View(level="district", within="08").query() == {"level": "district", "in": "08"}


@given(
    level=st.sampled_from(["state", "district", "mukim"]),
    within=st.from_regex(r"[A-Za-z0-9.\-]{1,40}", fullmatch=True),
    classes=st.integers(3, 7),
)
def test_a_view_comes_back_from_its_address(level: str, within: str, classes: int) -> None:
    view = View(level=level, within=within, classes=classes)
    assert View.parse(dict(parse_qsl(urlsplit(view.address("/")).query))) == view


@given(st.dictionaries(st.sampled_from(["level", "in", "k", "other"]), st.text() | st.integers() | st.none()))
def test_whatever_an_address_says_there_is_a_view(query: dict[str, object]) -> None:
    view = View.parse(query)
    assert view.level in {"state", "district", "mukim"}
    assert 3 <= view.classes <= 7


def test_a_value_that_is_not_one_of_the_choices_is_the_default() -> None:
    assert View.parse({"level": "galaxy", "in": "<script>", "k": "99"}) == View()


def test_a_view_is_changed_only_to_what_an_address_could_say() -> None:
    assert View().but(level="mukim", classes=40) == View(level="mukim")
