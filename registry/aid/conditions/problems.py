"""What is wrong with conditions that somebody wrote: a reason, in words that say what to do."""

from __future__ import annotations

from typing import Final

from registry.errors import RegistryError

_TOLD: Final = {
    "too_large": "The conditions are larger than {most} KB. Write fewer of them.",
    "no_json": "This is no JSON, or a name occurs twice in it. Check brackets, commas and quotation marks.",
    "no_list": "Conditions are a list: write [ before the first and ] after the last.",
    "no_condition": "Condition {where} is none: write pada, medan, op and nilai.",
    "too_deep": "Condition {where} stands too deep within others. Write it further out.",
    "too_many": "There are more than {most} conditions. Write fewer.",
    "empty_list": "Condition {where}: {name} takes a list of at least one condition.",
    "not_of_member": "Condition {where} stands among those of a member: write pada = ahli.",
    "unknown_key": "Condition {where} has {given}, which means nothing here. Known are: {known}.",
    "unknown_field": "Condition {where} asks about {given}, which is no field. Fields are: {known}.",
    "wrong_who": "Condition {where}: {field} is asked of: {known}.",
    "wrong_operator": "Condition {where}: {field} takes one of: {known}.",
    "no_value": "Condition {where}: {field} needs nilai.",
    "how_many_values": "Condition {where}: {field} takes 1 to {most} values.",
    "one_value": "Condition {where}: {field} takes one value here.",
    "no_range": "Condition {where}: antara takes two numbers, the smaller first.",
    "true_or_false": "Condition {where}: kosong takes true or false.",
    "no_need": "Condition {where}: {field} takes a need (keperluan), and a day (tarikh) for bantuan_berjalan.",
    "unknown_need": "Condition {where}: {given} is no need. Needs are: {known}.",
    "no_day": "Condition {where}: {given} is no day. Write it as 2026-03-15.",
    "no_text": "Condition {where}: {field} takes words of at most 100 letters.",
    "unknown_value": "Condition {where}: {field} does not know {given}. Values are: {known}.",
    "unknown_area": "{field}: there is no area {given}. Write its code or its official name.",
    "no_number": "Condition {where}: {field} takes a number, not {given}.",
    "at_least": "Condition {where}: sekurang takes a whole number from 1 to {most}.",
    "polygon": "The polygon cannot be read. Draw an area of 3 to {most} corners in Malaysia whose sides do not cross.",
    "polygon_crosses": "Sides of the polygon cross, or its parts overlap. Move a corner so that it has one inside.",
    "polygon_outside": "The polygon lies outside Malaysia. Longitude comes before latitude: [101.08, 4.59].",
    "recipient": "A target group has nobody who is aided: ask about kir, ahli or isirumah instead of penerima.",
    "not_same_member": "Only a condition on a member can join the one before, which must be on members too.",
    "no_group": "{given} is no group: it needs a name (nama) and conditions (syarat), and a name of its own.",
    "no_groups": "The file has no groups: write pada_tarikh and kumpulan.",
}


class BadCondition(RegistryError):
    """The conditions cannot be meant as they are written; ``reason`` names what is wrong (``condition.problem_…``)."""

    key = "bad_condition"

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(_TOLD[reason].format(**values), **values)
        self.reason = reason


REASONS: Final = tuple(_TOLD)
