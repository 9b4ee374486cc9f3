"""What the database refuses has a code of its own, an error of its own, and words in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from registry import definitions
from registry.refusals import REFUSALS
from words import CATALOGUES, LANGUAGES, read_catalogue

ROOT = Path(definitions.__file__).parent
# the name that SQL has for the code of who may not do something
_NAMED = {"insufficient_privilege": "42501"}
_RAISE = re.compile(r"RAISE EXCEPTION '((?:[^']|'')*)'(?:, \w+)? USING ERRCODE = '(\w+)'")
TABLES = ("refusals.py", "aid_refusals.py", "intake_refusals.py", "money_refusals.py", "office_refusals.py",
          "portal_refusals.py", "project_refusals.py", "report_refusals.py")
OWN = {code: error for code, error in REFUSALS.items() if code.startswith("EK")}


def raised() -> dict[str, set[str]]:
    """The messages that the definitions raise, by code."""
    found = defaultdict(set)
    for name in definitions.FILES:
        said = definitions.path_of(name).read_text(encoding="utf-8")
        matches = _RAISE.findall(said)
        assert len(matches) == said.count("RAISE EXCEPTION"), f"{name}: an error is raised without a code"
        for message, code in matches:
            found[_NAMED.get(code, code)].add(message)
    return dict(found)


def test_every_error_that_is_raised_has_a_code_in_the_table() -> None:
    assert raised().keys() - REFUSALS.keys() == set()


def test_every_code_of_the_register_is_raised_and_stands_for_one_rule() -> None:
    named = {code: said for code, said in raised().items() if code.startswith("EK")}
    assert named == {code: {error.key} for code, error in OWN.items()}
    assert len(set(OWN.values())) == len({error.key for error in OWN.values()}) == len(OWN)


def test_no_other_module_knows_a_code_of_the_register() -> None:
    elsewhere = [
        path.relative_to(ROOT)
        for path in ROOT.rglob("*.py")
        if path.name not in TABLES and re.search(r"\"EK\d{3}\"", path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_words(language: str) -> None:
    known = {key for path in (CATALOGUES / language).glob("*.po") for key in read_catalogue(path)}
    assert {f"error.{error.key}" for error in REFUSALS.values()} - known == set()


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_needs_nothing_but_its_code(code: str) -> None:
    assert isinstance(REFUSALS[code](), REFUSALS[code])
