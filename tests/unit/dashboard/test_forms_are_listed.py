"""Every module, script and template that draws a field is driven by a browser test of what is typed."""

from __future__ import annotations

from pathlib import Path

from tests.browser.forms import DRAWS_FIELDS, ELSEWHERE, FORMS

ROOT = Path(__file__).parents[3]


def drawing() -> set[str]:
    found = [path for kind in ("*.py", "*.js", "*.html") for path in (ROOT / "dashboard").rglob(kind)]
    return {
        path.relative_to(ROOT).as_posix() for path in found if DRAWS_FIELDS.search(path.read_text(encoding="utf-8"))
    }


def test_each_place_that_draws_a_field_has_a_form_in_the_list() -> None:
    listed = {module for form in FORMS for module in form.made_in} | set(ELSEWHERE)
    assert drawing() == listed


def test_what_is_tested_elsewhere_is() -> None:
    for named in ELSEWHERE.values():
        module, test = named.split("::")
        assert f"def {test}(" in (ROOT / "tests" / "browser" / module).read_text(encoding="utf-8"), named


def test_a_new_field_is_noticed() -> None:
    assert DRAWS_FIELDS.search('dmc.Select(\n    id="x"')
    assert DRAWS_FIELDS.search('<input id="x" name="x">')
    assert not DRAWS_FIELDS.search('<input type="hidden" name="form_token">')
