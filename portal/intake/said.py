"""The answers of a form in words, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registry.intake.forms import CHOICES, LONGEST, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from words import Words


def listed(
    answers: Mapping[str, Any], districts: Mapping[str, str], words: Words, fields: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Each answer with its question; what was not answered is left out. Of all pages unless ``fields`` are named."""
    every = dict.fromkeys(field for pages in QUESTIONS.values() for _name, fields in pages for field in fields)
    return [
        (words(f"borang.field_{name}"), _answer(name, answers[name], districts, words))
        for name in fields or every
        if answers.get(name)
    ]


def problem_text(name: str, problem: str, words: Words) -> str:
    """What to do about an answer."""
    return words(f"borang.problem_{problem}", field=words(f"borang.field_{name}"), most=LONGEST.get(name, 0))


def _answer(name: str, value: Any, districts: Mapping[str, str], words: Words) -> str:
    if name == "district":
        return districts.get(value, "")
    if name in CHOICES:
        codes = value if isinstance(value, list) else [value]
        return "; ".join(words(f"intake.{name}_{code}") for code in codes if code in CHOICES[name])
    return str(value)
