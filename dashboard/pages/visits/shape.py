"""A case as the visit form in the browser holds it: what is known, what is asked, and the visit there is already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.casework import state_name, visit_texts, way_there
from dashboard.household import texts
from dashboard.household.place import accuracy_text
from dashboard.pages.visits.facts import choices_of, fact_shapes, standing_of
from dashboard.pages.visits.known import known_lines
from queries import cases, visits
from registry.households.moves import ACCURACIES_M
from registry.visits.models import RECOMMENDATIONS
from registry.visits.photographs import MOST_PER_VISIT
from registry.visits.pictures import LARGEST_UPLOAD, LONGEST_SIDE
from registry.visits.visits import COMPONENTS, LONGEST_NOTE

if TYPE_CHECKING:
    from dashboard.deps import Reads
    from queries.row_types.cases import CaseRow
    from registry.principals import Principal
    from words import Words

_DEVICE_WORDS: Final = (
    "intro", "nothing_known", "agrees", "differs", "unseen", "note", "place", "place_note", "locate", "locating",
    "located", "located_typed", "locate_failed", "latitude", "longitude", "photos", "photos_note", "photo_add",
    "photo_remove", "photo_named", "photo_too_many", "photo_too_large", "photo_unreadable", "photo_not_kept",
    "remarks", "recommendation", "recommend_approve", "recommend_reject", "reason", "send", "kept", "waiting",
    "sending", "sent", "sent_photos", "sign_in", "refused", "check", "required", "say_what_differs", "coordinates",
    "conflict", "conflict_note", "conflict_closed", "question", "mine", "theirs", "empty", "send_mine", "discard",
    "discard_sure", "state", "officer", "visited_by", "not_open", "to_case", "to_round", "leave", "fact_change",
    "fact_change_of", "fact_undo", "fact_undo_of", "fact_before", "fact_choose", "block_open", "block_same",
    "block_differs", "progress", "unseen_sent", "to_request", "to_form", "accuracy", "accuracy_choose",
    "located_rough", "map_note", "map_waze", "map_google", "part_note", "outbox", "outbox_ready", "outbox_draft",
    "outbox_trouble", "outbox_send", "restored", "findings", "add_member",
)  # fmt: skip


def shape_of(conn: Reads, case_id: int, principal: Principal, words: Words) -> dict[str, object] | None:
    """All that the form needs, also without a connection later on; ``None`` where there is no such case."""
    found = cases.whole_case(conn, case_id)
    if found is None:
        return None
    case = found.case
    standing = standing_of(conn, case)
    lines, facts = known_lines(standing, words), fact_shapes(standing, words)
    made = visits.of_case(conn, case_id)
    return {
        "case": case_id,
        "user": principal.user_id,
        "number": case["number"],
        "head": case["head_name"] or words("case.no_name"),
        "address": texts.names(stated_place(case), case["mukim_name"], case["district_name"]),
        "version": case["version"],
        "household": standing.record.household["version"] if standing.record is not None else None,
        "map": way_there(standing.household),
        "choices": choices_of(conn, standing, words),
        "accuracies": [
            {"value": str(metres), "label": accuracy_text(name, words)} for name, metres in ACCURACIES_M.items()
        ],
        "open": case["state"] == "assigned" and case["assigned_to"] == principal.user_id,
        "state": state_name(case["state_ms"], case["state_en"], words),
        "officer": case["assigned_name"] or "",
        "keys": [str(visit["client_key"]) for visit in made if visit["officer_id"] == principal.user_id],
        "visit": visit_texts(made[0], words) if made else None,
        "parts": [
            {"name": name, "title": words(f"part.{name}"), "lines": lines[name], "facts": facts[name]}
            for name in COMPONENTS
        ],
        "recommendations": [{"value": name, "label": words(f"visit.recommend_{name}")} for name in RECOMMENDATIONS],
        "limits": {"photos": MOST_PER_VISIT, "bytes": LARGEST_UPLOAD, "side": LONGEST_SIDE, "note": LONGEST_NOTE},
        "words": device_words(words),
    }


def stated_place(case: CaseRow) -> str:
    """The address as the form has it."""
    place = case["draft"].get("lokasi", {})
    return texts.names(place.get("address"), place.get("village"))


def device_words(words: Words) -> dict[str, str]:
    """The texts that the browser says by itself, with a connection or without."""
    return {name: words(f"visit.{name}") for name in _DEVICE_WORDS}
