"""What the check of a boundary file found, as a page says it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.tables import ruled
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from words import Words

_LISTED: Final = 20
_CHANGED: Final = 0.01
_MUCH: Final = 0.5


def codes_of(report: Mapping[str, Any]) -> set[str]:
    """The areas that a report names."""
    changes = report["changes"]
    named = {*report["duplicates"], *report["missing"], *report["repairs"]["invalid"], *changes["gone"]}
    named |= {code for one in report["unmatched"] for code, _ in one["suggestions"]}
    named |= {row[0] for row in changes.get("catchments") or ()}
    return named | {code for code, _ in _most_changed(changes)}


def sections(
    report: Mapping[str, Any] | None, level: str | None, names: Mapping[str, str], words: Words
) -> list[Component]:
    """The whole report: in a sentence, in figures, and whatever deserves a look."""
    if report is None:
        return []
    changes = report["changes"]
    parts: list[Component] = [
        html.H2(words("boundary.report")),
        html.P(_sentence(report, words), className="ek-lead"),
        _against(changes, words),
        _figures(report, words),
        *_catchments(changes, names, words),
        *_unmatched(report["unmatched"], words),
        *_listed("missing", report["missing"], names, words, level=level or ""),
        *_listed("duplicates", report["duplicates"], names, words),
        *_listed("gone", [code for code in changes["gone"] if code not in report["missing"]], names, words),
        *_new(changes["new"], words),
        *_changes(changes, names, words),
        *_repairs(report["repairs"], names, words),
    ]
    return parts


def _sentence(report: Mapping[str, Any], words: Words) -> str:
    key = "boundary.report_complete" if report["complete"] else "boundary.report_incomplete"
    return words(
        key,
        matched=numbers.count(report["matched"]),
        unmatched=numbers.count(len(report["unmatched"])),
        missing=numbers.count(len(report["missing"])),
    )


def _against(changes: Mapping[str, Any], words: Words) -> Component:
    if changes["against"] is None:
        return html.P(words("boundary.against_none"))
    parts = [words("boundary.against", date=numbers.day(date.fromisoformat(changes["against"]["dated"])))]
    if changes["moved"] is not None:
        parts.append(
            words("boundary.moved", moved=numbers.count(changes["moved"]), nowhere=numbers.count(changes["nowhere"]))
        )
    return html.P(" ".join(parts))


def _figures(report: Mapping[str, Any], words: Words) -> Component:
    changes, repairs = report["changes"], report["repairs"]
    texts = {
        "matched": report["matched"],
        "unmatched": len(report["unmatched"]),
        "missing": len(report["missing"]),
        "changed": sum(share >= _CHANGED for share, _ in changes["areas"].values()),
        "new": len(changes["new"]),
        "invalid": len(repairs["invalid"]),
        "overlaps": repairs["overlaps"],
        "gaps": repairs["gaps"],
    }
    cards = [
        figure_card(Figure(words(f"boundary.count_{name}"), numbers.count(value))) for name, value in texts.items()
    ]
    return html.Div(figure_cards(cards), className="ek-upload-counts")


def _catchments(changes: Mapping[str, Any], names: Mapping[str, str], words: Words) -> list[Component]:
    """The households that come into each catchment, that go, and that are inside then."""
    found = changes.get("catchments") or []
    if not found:
        return []
    head = [words(f"boundary.column_{name}") for name in ("area", "code", "entered", "gone", "after")]
    rows = [[names.get(code, code), code, *(numbers.count(n) for n in counts)] for code, *counts in found]
    title = words("boundary.catchments")
    return [
        html.H3(title),
        html.P(words("boundary.catchments_hint"), className="ek-footnote"),
        ruled(head, rows, label=title, named=True),
    ]


def _unmatched(found: Sequence[Mapping[str, Any]], words: Words) -> list[Component]:
    if not found:
        return []
    head = [words(f"boundary.column_{name}") for name in ("row", "name", "perhaps")]
    rows = [
        [
            numbers.count(one["row"]),
            one["name"] or words("boundary.no_name"),
            ", ".join(f"{name} ({code})" for code, name in one["suggestions"]),
        ]
        for one in found[:_LISTED]
    ]
    title = words("boundary.unmatched")
    return [html.H3(title), ruled(head, rows, label=title), *_rest(len(found), words)]


def _listed(
    what: str, codes: Sequence[str], names: Mapping[str, str], words: Words, *, level: str = ""
) -> list[Component]:
    """Areas by their names; ``what`` names the heading and what it means."""
    if not codes:
        return []
    meaning = "missing_mukim" if what == "missing" and level == "mukim" else what
    message = "; ".join(f"{names.get(code, '')} ({code})".strip() for code in codes[:_LISTED])
    return [
        html.H3(words(f"boundary.{what}")),
        html.P(words(f"boundary.{meaning}_hint")),
        html.P(message),
        *_rest(len(codes), words),
    ]


def _new(found: Sequence[Sequence[str]], words: Words) -> list[Component]:
    return _listed("new", [code for code, _ in found], {code: name for code, name in found}, words)  # noqa: C416


def _most_changed(changes: Mapping[str, Any]) -> list[tuple[str, tuple[float, int]]]:
    found = [(code, (share, moved)) for code, (share, moved) in changes["areas"].items() if share >= _CHANGED]
    return sorted(found, key=lambda one: (-one[1][0], one[0]))[:_LISTED]


def _changes(changes: Mapping[str, Any], names: Mapping[str, str], words: Words) -> list[Component]:
    found = _most_changed(changes)
    if not found:
        return []
    total = sum(share >= _CHANGED for share, _ in changes["areas"].values())
    much = sum(share >= _MUCH for share, _ in changes["areas"].values())
    head = [words(f"boundary.column_{name}") for name in ("area", "code", "share", "moved")]
    rows = [[names.get(code, code), code, numbers.share(share), _metres(moved)] for code, (share, moved) in found]
    title = words("boundary.changes")
    warned = [html.P(words("boundary.changes_much", n=numbers.count(much)))] if much else []
    return [html.H3(title), *warned, ruled(head, rows, label=title, named=True), *_rest(total, words)]


def _repairs(repairs: Mapping[str, Any], names: Mapping[str, str], words: Words) -> list[Component]:
    entries = [
        words(
            "boundary.repairs",
            overlaps=numbers.count(repairs["overlaps"]),
            overlap_km2=numbers.decimal(repairs["overlap_km2"], places=1),
            gaps=numbers.count(repairs["gaps"]),
            gap_km2=numbers.decimal(repairs["gap_km2"], places=1),
        )
    ]
    if repairs["gaps_left"]:
        entries.append(words("boundary.gaps_left", n=numbers.count(repairs["gaps_left"])))
    return [
        html.H3(words("boundary.repaired")),
        *(html.P(line) for line in entries),
        *_listed("invalid", repairs["invalid"], names, words),
    ]


def _rest(total: int, words: Words) -> list[Component]:
    """How many of how many are shown; never left out."""
    shown = min(total, _LISTED)
    return [
        html.P(words("boundary.shown", shown=numbers.count(shown), total=numbers.count(total)), className="ek-footnote")
    ]


def _metres(metres: int) -> str:
    return f"{numbers.decimal(metres / 1000, places=1)} km" if metres >= 1000 else f"{numbers.count(metres)} m"  # noqa: PLR2004
