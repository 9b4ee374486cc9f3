"""Nothing typed is lost in the forms of a household's record, at a slow computer with late answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.filling_in import what_stands_is_sent_kept_and_told
from tests.browser.forms import FORMS, Form

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.browser.hasty import Hasty


@pytest.mark.parametrize("form", [form for form in FORMS if form.of_record], ids=lambda form: form.name)
def test_what_stands_on_the_screen_is_sent_kept_and_told(
    form: Form, hasty: Hasty, register: Engine, request: pytest.FixtureRequest
) -> None:
    what_stands_is_sent_kept_and_told(form, hasty, register, request)
