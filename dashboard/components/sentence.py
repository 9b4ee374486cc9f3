"""Writes how a household's status came about as one sentence, from the ingredients of ``poverty.lines.explain``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.numbers import Words
    from poverty.lines import Part


def status_sentence(parts: Sequence[Part], words: Words) -> str:
    """The sentence of the test that decided: "RM287.50 seorang sebulan, bawah PGK makanan RM288 (Sabah, 2022): …"."""
    message = parts[0]
    values = message.values
    ceiling = values.get("ceiling_rm")
    return words(
        message.key,
        income=numbers.money(_money(values["income_rm"])),
        line=numbers.money_tidy(_money(values["line_rm"])),
        area=str(values["area_name"]),
        year=str(values["survey_year"]),
        ceiling="" if ceiling is None else numbers.money_tidy(_money(ceiling)),
    )


def _money(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))
