"""The sites that are taken along: each project as its form on a device holds it, and what is needed there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from dashboard.casework import way_there
from dashboard.household import texts
from dashboard.household.place import accuracy_text
from dashboard.pages.projects.parts import named, today
from layers import numbers
from poverty.projects import Milestone
from queries import projects
from registry.households.moves import ACCURACIES_M
from registry.visits.photographs import MOST_PER_VISIT
from registry.visits.pictures import LARGEST_UPLOAD, LONGEST_SIDE
from registry.visits.visits import LONGEST_NOTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.deps import Reads
    from queries.row_types.projects import ProjectSiteRow
    from registry.principals import Principal
    from words import Words

_WORKING: Final = "dalam_pelaksanaan"
_DONE: Final = 100
_VISITS: Final = (
    "intro", "place", "place_note", "locate", "locating", "located", "located_typed", "locate_failed", "located_rough",
    "latitude", "longitude", "accuracy", "accuracy_choose", "photos", "photo_add", "photo_remove", "photo_named",
    "photo_too_many", "photo_too_large", "photo_unreadable", "photo_not_kept", "kept", "sending", "sent_photos",
    "sign_in", "check", "required", "coordinates", "question", "mine", "theirs", "empty", "send_mine", "discard",
    "discard_sure", "restored", "leave", "map_waze", "map_google", "map_note", "outbox", "outbox_ready", "outbox_draft",
    "outbox_trouble", "outbox_send", "refused", "waiting",
)  # fmt: skip
_SITES: Final = (
    "title", "intro_list", "none", "none_hint", "fill_in", "go_on", "to_list", "to_project", "needed", "milestones",
    "share_of", "share_wrong", "note", "reason", "reason_hint", "reason_needed", "photos_note", "phase", "send",
    "sent", "conflict", "conflict_note", "conflict_closed", "not_open", "state", "plan", "report", "done", "call",
)  # fmt: skip


def taken_along(
    found: Sequence[ProjectSiteRow], principal: Principal, words: Words, *, opened: str | None
) -> dict[str, Any]:
    """All that the page of sites needs, also without a connection later on; ``opened`` the project to begin with."""
    total = found[0]["total"] if found else 0
    return {
        "user": principal.user_id,
        "sites": [site_of(row, principal, words) for row in found],
        "opened": opened,
        "shown": words("site.shown", n=numbers.count(len(found)), total=numbers.count(total)),
        "words": {name: words(f"visit.{name}") for name in _VISITS} | {name: words(f"site.{name}") for name in _SITES},
    }


def site_now(conn: Reads, number: str, principal: Principal, words: Words) -> dict[str, Any] | None:
    """A project as it stands now, beside what a device holds; ``None`` where who asks reads none of this number."""
    found = projects.sites(conn, number=number)
    return site_of(found[0], principal, words) if found else None


def site_of(row: ProjectSiteRow, principal: Principal, words: Words) -> dict[str, Any]:
    """A project as the form of a visit to its site holds it."""
    phases = [["sebelum", words("project.phase_sebelum")]]
    phases += [[f"semasa:{one['position']}", named(one, "name", words)] for one in row["milestones"]]
    phases += [["selepas", words("project.phase_selepas")]]
    return {
        "case": row["number"],
        "user": principal.user_id,
        "number": row["number"],
        "head": row["title"],
        "address": " · ".join(part for part in (named(row, "type", words), row["district_name"]) if part),
        "people": [_person(one) for one in row["households"]],
        "contractor": ", ".join(part for part in (row["contractor"], row["contractor_contact"]) if part),
        "version": row["version"],
        "report": row["report"],
        "map": way_there(row),
        "open": row["state"] == _WORKING and row["own"],
        "state": words(f"project.state_{row['state']}"),
        "plan": _plan(row, words),
        "last": _last(row, words),
        "keys": row["keys"],
        "milestones": [_milestone(row, place, words) for place in range(len(row["milestones"]))],
        "needs": needs_of(row, words),
        "phases": phases,
        "suggested": suggested_phase(row),
        "accuracies": [
            {"value": str(metres), "label": accuracy_text(name, words)} for name, metres in ACCURACIES_M.items()
        ],
        "limits": {"photos": MOST_PER_VISIT, "bytes": LARGEST_UPLOAD, "side": LONGEST_SIDE, "note": LONGEST_NOTE},
    }


def _person(one: Mapping[str, Any]) -> dict[str, str]:
    where = texts.names(one["address"], one["village"])
    return {"name": f"{one['head_name']} ({one['file_no']})", "address": where, "phone": one["phone"] or ""}


def _milestone(row: ProjectSiteRow, place: int, words: Words) -> dict[str, Any]:
    one = row["milestones"][place]
    return {
        "name": named(one, "name", words),
        "weight": float(one["weight"]),
        "done": done_of(row, place),
        "hint": words(
            "site.planned",
            days=_days(one),
            planned=f"{round(planned_of(one) * _DONE)}%",
            done=f"{done_of(row, place)}%",
        ),
    }


def done_of(row: ProjectSiteRow, place: int) -> str:
    """How much of a milestone the last report told, percent as it is typed."""
    return f"{float(row['shares'][place]):g}" if row["shares"] else "0"


def planned_of(one: Mapping[str, Any]) -> Fraction:
    """How much of a milestone is planned to be done by today, 0 to 1; nothing of it where no plan is there."""
    if not one["begins"] or not one["ends"]:
        return Fraction(0)
    days = date.fromisoformat(one["begins"]), date.fromisoformat(one["ends"])
    return Milestone(Fraction(_DONE), *days).planned(today())


def _days(one: Mapping[str, Any]) -> str:
    known = (one["begins"], one["ends"])
    return " - ".join(numbers.day(date.fromisoformat(day)) for day in known if day) or numbers.MISSING


def _plan(row: ProjectSiteRow, words: Words) -> str:
    """The plan in force, in words to be compared."""
    lines = "\n".join(f"{named(one, 'name', words)}: {_days(one)}" for one in row["milestones"])
    return f"{words('site.plan_no', n=row['plan'])}\n{lines}" if row["plan"] else ""


def _last(row: ProjectSiteRow, words: Words) -> str:
    """The report that the project stands at, in words to be compared."""
    if row["report_day"] is None:
        return words("site.no_report")
    shares = ", ".join(f"{float(share):g}%" for share in row["shares"] or ())
    state = words(f"project.report_{row['report_state']}")
    return " · ".join(part for part in (numbers.day(row["report_day"]), shares, state, row["report_by"] or "") if part)


def needs_of(row: ProjectSiteRow, words: Words) -> list[str]:
    """What a visit to a site is for today: a report, and the photographs that are asked for and not there yet."""
    if row["report_day"] is None:
        needs = [words("site.no_report")]
    elif row["report_state"] == "dihantar":
        needs = [words("site.report_waits", day=numbers.day(row["report_day"]))]
    else:
        days = (today() - row["report_day"]).days
        needs = [words.n("site.report_age", days, day=numbers.day(row["report_day"]))]
    there, asked = set(row["photos"]), set(row["asked_photos"])
    missing = [words("project.phase_sebelum")] if "sebelum" in asked and "sebelum" not in there else []
    missing += [
        named(one, "name", words)
        for place, one in enumerate(row["milestones"])
        if "semasa" in asked and f"semasa:{one['position']}" not in there and _is_due(row, place)
    ]
    if "selepas" in asked and "selepas" not in there and _is_complete(row):
        missing.append(words("project.phase_selepas"))
    return [*needs, words("site.photos_missing", names=", ".join(missing))] if missing else needs


def suggested_phase(row: ProjectSiteRow) -> str:
    """Of what a photograph most likely is: the first milestone under way that is not done, or the work once it is."""
    places = range(len(row["milestones"]))
    under_way = next((place for place in places if _is_due(row, place) and float(done_of(row, place)) < _DONE), None)
    if under_way is None:
        return "selepas" if _is_complete(row) else f"semasa:{row['milestones'][0]['position']}"
    return f"semasa:{row['milestones'][under_way]['position']}"


def _is_due(row: ProjectSiteRow, place: int) -> bool:
    """Whether work on a milestone is planned to have begun, or was told to have."""
    return planned_of(row["milestones"][place]) > 0 or float(done_of(row, place)) > 0


def _is_complete(row: ProjectSiteRow) -> bool:
    return all(float(done_of(row, place)) == _DONE for place in range(len(row["milestones"])))
