"""The answers that a field of a household offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.household.parts import choice_label
from dashboard.household.place import accuracy_options
from registry.households.rules import CHOICES, REMOVAL_REASONS

if TYPE_CHECKING:
    from dashboard.household.parts import Field
    from words import Words

Options = list[dict[str, Any]]


def options_of(field: Field, value: str | None, words: Words) -> Options:
    """The answers a field offers, with one on record that is not among them."""
    match field.kind:
        case "yes_no":
            return [{"value": key, "label": words(f"answer.{key}")} for key in ("yes", "no")]
        case "sex":
            return [{"value": key, "label": words(f"sex.{key}")} for key in ("female", "male")]
        case "strata":
            return [{"value": key, "label": words(f"strata.{key}")} for key in ("urban", "rural")]
        case "accuracy":
            return accuracy_options(words)
        case "reason":
            return [{"value": key, "label": words(f"reason.{key}")} for key in REMOVAL_REASONS]
    name = "relationship" if field.name == "former_head_relationship" else field.name
    answers = list(CHOICES.get(name, ()))
    if value is not None and value not in answers:
        answers.append(value)
    return [{"value": answer, "label": choice_label(name, answer, words)} for answer in answers]
