"""What several pages say of cases and visits, and where those are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.detail_page import number_in
from dashboard.household import texts
from dashboard.household.parts import PARTS, REMOVED
from dashboard.household.texts import typed_text
from dashboard.sent.kinds import LARGEST_VERSION
from layers import numbers
from registry.visits.visits import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.visits import VisitRow
    from registry.visits.visits import Assigned
    from words import Words

ROUND_PATH: Final = "/lawatan"
PHOTO_ROUTE: Final = "/foto"
PROJECT_PHOTO_ROUTE: Final = "/foto-projek"


def way_there(place: Mapping[str, Any]) -> dict[str, str] | None:
    """Addresses that open a place in Waze and in Google Maps, with its coordinates and nothing else; once it has any.

    Nothing is loaded from there: the coordinates go out where a person presses the link.
    """
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return None
    point = f"{latitude:.6f},{longitude:.6f}"
    return {
        "waze": f"https://waze.com/ul?ll={point}&navigate=yes",
        "google": f"https://www.google.com/maps/dir/?api=1&destination={point}",
    }


def state_name(ms: str, en: str, words: Words) -> str:
    """A state as the register calls it, in the reader's language."""
    return en if words.language == "en" else ms


def visit_path(case_id: int) -> str:
    """Where the visit of a case is recorded."""
    return f"{ROUND_PATH}/{case_id}"


def read_case(value: str) -> tuple[int, int] | None:
    """The case and its version that a box stands for; ``None`` where it is none."""
    case, _, version = str(value).partition(":")
    found = number_in(case), number_in(version)
    if found[0] is None or found[1] is None or found[1] > LARGEST_VERSION:
        return None
    return found[0], found[1]


def assigned_message(done: Assigned, words: Words) -> list[Component]:
    """How many cases were given away, and why others were not."""
    entries: list[Component] = []
    if done.given:
        entries.append(html.P(words.n("visit.assigned", len(done.given)), className="ek-case-done"))
    if done.refused:
        reasons = sorted({words(f"error.{error.key}", **error.values) for error in done.refused.values()})
        entries += [html.P(words.n("visit.not_assigned", len(done.refused)), className="ek-case-problem")]
        entries += [html.Ul([html.Li(reason) for reason in reasons])]
    return entries


def visit_texts(visit: VisitRow, words: Words) -> dict[str, Any]:
    """A visit in words: who, when, what was found of each component, where, and what is recommended."""
    return {
        "officer": visit["officer_name"] or numbers.MISSING,
        "at": numbers.moment(visit["visited_at"]),
        "findings": {name: finding_text(visit["findings"].get(name), words) for name in COMPONENTS},
        "remarks": visit["remarks"],
        "recommendation": words(f"visit.recommend_{visit['recommendation']}"),
        "reason": visit["reason"],
        "place": place_text(visit, words),
    }


def finding_text(finding: dict[str, Any] | None, words: Words) -> str:
    """What was found of a component: ``Berbeza: Kenderaan: Motosikal → Kereta``; empty where nobody looked."""
    if not finding:
        return ""
    agrees = {True: words("visit.agrees"), False: words("visit.differs")}.get(finding["agrees"], "")
    changes = "; ".join(_change_text(found, words) for found in finding.get("changes", []))
    return ": ".join(text for text in (agrees, ". ".join(part for part in (changes, finding["note"]) if part)) if text)


def _change_text(found: Mapping[str, str], words: Words) -> str:
    """A fact before and after: ``Ali: Pekerjaan: Pelajar → Bekerja sendiri``."""
    fields = [REMOVED, *(field for part in PARTS.values() for field in part.fields)]
    field = next(field for field in fields if field.name == found["field"])
    before, after = (typed_text(field, found[side], words) or words("visit.empty") for side in ("before", "after"))
    return ": ".join(text for text in (found["of"], words(f"field.{field.name}"), f"{before} → {after}") if text)


def place_text(visit: Mapping[str, Any], words: Words) -> str:
    """Where a visit took place and how exact that is; empty where it is not known."""
    if visit["longitude"] is None or visit["latitude"] is None:
        return ""
    point = texts.point_text(visit["longitude"], visit["latitude"])
    source = words(f"visit.source_{visit['point_source']}")
    accuracy = [f"± {texts.distance(visit['accuracy_m'])}"] if visit["accuracy_m"] is not None else []
    return ", ".join([point, source, *accuracy])
