"""The picture of the house is the one that its imports make."""

from __future__ import annotations

from tests.house_picture import PICTURE, drawn


def test_the_picture_of_the_house_is_what_the_imports_make() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "python -m tests.house_picture draws it anew"
