"""The fields in which a table of one's own is put together, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.forms import SAVES
from dashboard.pages.reports import ids
from registry.reporting.own_tables import CUTS, LEVELS, MEASURES, MOST_MONTHS, measure_name
from registry.reporting.tables import EVERY, SaveTable
from words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.reporting import OneReportTableRow
    from words import Words

NAMES: Final = ("name", "within", "level", "measures", "months", "cut", "language", "shared", "every", "email")
_MONTHS: Final = ("1", "2", "3", "6", "12", str(MOST_MONTHS))
_LONGEST: Final = 120


def _saves(words: Words) -> Component:
    return html.Button(
        words("report.table_save"), id=ids.TABLE_SAVE, className="ek-button ek-button-main", n_clicks=0
    )


def table_form(words: Words) -> Component:
    """The empty form; what a table that is changed says is read into it."""
    return html.Section(
        [
            html.H2(words("report.table_new"), id=ids.TABLE_TITLE),
            dmc.TextInput(
                id=ids.table_field("name"),
                label=words("report.table_name"),
                value="",
                attributes={"input": {"maxLength": _LONGEST}},
            ),
            _select("within", words("report.table_within"), [], words, searchable=True),
            _select("level", words("report.table_level"), _named(words, "level", LEVELS), words),
            dmc.MultiSelect(
                id=ids.table_field("measures"),
                label=words("report.table_measures"),
                data=_measures(words),
                value=[],
                searchable=True,
                nothingFoundMessage=words("form.no_match"),
            ),
            _select("months", words("report.table_months"), [{"value": n, "label": n} for n in _MONTHS], words),
            _select("cut", words("report.table_cut"), _cuts(words), words, note=words("report.table_cut_note")),
            _select("language", words("report.language"), _languages(words), words),
            _select("every", words("report.table_every"), _every(words), words),
            dmc.TextInput(
                id=ids.table_field("email"),
                label=words("report.table_email"),
                description=words("report.table_email_note"),
                value="",
                attributes={"input": {"maxLength": 255}},
            ),
            _select("shared", words("report.table_shared"), _sharing(words), words),
            html.Div(_saves(words), className="ek-actions"),
        ],
        className="ek-panel ek-column-form",
        **SAVES,
    )


def values_of(found: OneReportTableRow | None, words: Words, *, within: str) -> dict[str, Any]:
    """What stands in the fields: of a table that is changed, else of a new one."""
    if found is None:
        level = {2: "district", 4: "mukim"}.get(len(within), "state") if within.isdigit() else "state"
        return {
            "name": "", "within": within, "level": level, "measures": ["poor", "tegar", "miskin"], "months": "1",
            "cut": "-", "language": words.language, "every": "-", "email": "", "shared": "-",
        }  # fmt: skip
    spec = found["spec"]
    return {
        "name": found["name"], "within": spec["within"], "level": spec["level"], "measures": spec["measures"],
        "months": str(spec["months"]), "cut": spec["cut"] or "-", "language": found["language"],
        "every": found["every"] or "-", "email": found["email"] or "", "shared": "ya" if found["shared"] else "-",
    }  # fmt: skip


def command_of(given: Mapping[str, Any], *, table_id: int | None) -> SaveTable:
    """What is to be kept, as it was put together."""
    months = str(given.get("months") or "")
    measures = given.get("measures")
    spec = {
        "within": given.get("within"),
        "level": given.get("level"),
        "measures": measures if isinstance(measures, list) else [],
        "months": int(months) if months in _MONTHS else None,
        "cut": _chosen(given.get("cut")),
    }
    return SaveTable(
        id=table_id,
        name=str(given.get("name") or ""),
        spec=spec,
        language=str(given.get("language") or ""),
        shared=given.get("shared") == "ya",
        every=_chosen(given.get("every")),
        email=str(given.get("email") or ""),
    )


def _chosen(value: object) -> str:
    """A choice, of which the dash stands for none."""
    return "" if value is None or value == "-" else str(value)


def _select(
    name: str, label: str, data: Sequence[Mapping[str, str]], words: Words, *, searchable: bool = False, note: str = ""
) -> Component:
    made: Component = dmc.Select(
        id=ids.table_field(name),
        label=label,
        description=note or None,
        data=list(data),
        allowDeselect=False,
        searchable=searchable,
        nothingFoundMessage=words("form.no_match"),
    )
    return made


def _named(words: Words, key: str, names: Sequence[str]) -> list[dict[str, str]]:
    return [{"value": name, "label": words(f"{key}.{name}")} for name in names]


def _measures(words: Words) -> list[dict[str, str]]:
    return [{"value": name, "label": measure_name(name, words)} for name in MEASURES]


def _cuts(words: Words) -> list[dict[str, str]]:
    return [{"value": cut or "-", "label": words(f"report.cut_{cut or 'none'}")} for cut in CUTS]


def _sharing(words: Words) -> list[dict[str, str]]:
    return [{"value": one, "label": words(f"report.shared_{name}")} for one, name in (("-", "none"), ("ya", "all"))]


def _every(words: Words) -> list[dict[str, str]]:
    return [{"value": one or "-", "label": words(f"report.every_{one or 'none'}")} for one in EVERY]


def _languages(words: Words) -> list[dict[str, str]]:
    return [{"value": one, "label": words(f"language.{one}_title")} for one in LANGUAGES]
