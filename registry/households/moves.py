"""Puts a household's point where its house stands, and compares the area it lies in with the declared one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geoalchemy2 import WKTElement
from sqlalchemy import text

from registry.errors import InvalidInput, NotFound
from registry.households import rules
from registry.households.record import Change

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.households.commands import MoveHousehold, Saved

ACCURACIES_M: Final = {"door": 10, "house": 30, "lane": 100, "village": 1_000}
"""How exact a point is by how it was found: at the door, its roof on the map, its lane, its village."""
DEVICE: Final = "device"
"""The choice that takes what the device measured."""
LEAST_EXACT_M: Final = 9_999
UNSTATED_ACCURACY_M: Final = 30
"""Of coordinates that a form gives without saying how exact they are, as of those in a delivery."""
FAR = "koordinat_luar_daerah"
GIVEN = frozenset({"given", "swapped", "manual"})  # a geocoded point says nothing about the district it was found by
_POINT_FLAGS = ("koordinat_terbalik", "koordinat_luar_malaysia", FAR)

_POINT = "ST_SetSRID(ST_MakePoint(CAST(:longitude AS float8), CAST(:latitude AS float8)), 4326)"
_WHERE = text("""
    SELECT ST_X(geom) AS longitude, ST_Y(geom) AS latitude FROM ekasih.household WHERE id = :id
""")
_AREAS = text(f"""
    SELECT a.*, ekasih.metres_outside({_POINT}, :district) AS outside_district_m
    FROM ekasih.areas_at({_POINT}) AS a
""")  # noqa: S608 - a constant of this module
_FAR = text("""
    SELECT outside_district_m > (SELECT accuracy_m FROM ekasih.boundary_set WHERE active AND level = 'district')
    FROM ekasih.household WHERE id = :id
""")
_PREVIEW = text(f"""
    SELECT
        h.district_code, district.name AS district_name, h.mukim_code, mukim.name AS mukim_name,
        a.district_code AS computed_district_code, computed.name AS computed_district_name,
        computed_mukim.code AS computed_mukim_code, computed_mukim.name AS computed_mukim_name,
        ekasih.metres_outside({_POINT}, h.district_code) AS outside_district_m,
        bounds.accuracy_m AS boundary_accuracy_m, bounds.source AS boundary_source, bounds.approximate,
        round(ST_Distance(h.geom::geography, {_POINT}::geography))::integer AS moved_m
    FROM ekasih.household AS h
    JOIN ekasih.area AS district ON district.code = h.district_code
    LEFT JOIN ekasih.area AS mukim ON mukim.code = h.mukim_code
    CROSS JOIN ekasih.areas_at({_POINT}) AS a
    LEFT JOIN ekasih.area AS computed ON computed.code = a.district_code
    LEFT JOIN ekasih.area AS computed_mukim
        ON computed_mukim.code = a.mukim_code AND computed_mukim.code NOT LIKE '%00'
    LEFT JOIN ekasih.boundary_set AS bounds ON bounds.active AND bounds.level = 'district'
    WHERE h.id = :id
""")  # noqa: S608

Agreement = Literal["same", "within_accuracy", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a point would say about a household's area. Distances in metres; ``None`` without boundaries.

    ``district`` is ``same`` inside the declared district, ``within_accuracy`` outside it by no more than the boundaries
    are accurate, ``outside`` beyond that, ``unknown`` without boundaries. ``mukim`` likewise, without the middle.
    """

    district_code: str
    district_name: str
    mukim_code: str | None
    mukim_name: str | None
    computed_district_code: str | None
    computed_district_name: str | None
    computed_mukim_code: str | None
    computed_mukim_name: str | None
    outside_district_m: int | None
    boundary_accuracy_m: int | None
    boundary_source: str | None
    approximate: bool | None
    moved_m: int

    @property
    def district(self) -> Agreement:
        """Whether the point agrees with the declared district."""
        if self.outside_district_m is None:
            return "unknown"
        if self.outside_district_m == 0:
            return "same"
        return "within_accuracy" if self.outside_district_m <= (self.boundary_accuracy_m or 0) else "outside"

    @property
    def mukim(self) -> Agreement:
        """Whether the point agrees with the declared mukim."""
        if self.mukim_code is None or self.computed_mukim_code is None:
            return "unknown"
        return "same" if self.mukim_code == self.computed_mukim_code else "outside"


def preview_move(conn: Connection, *, household_id: int, longitude: float, latitude: float) -> MovePreview:
    """What moving the household there would mean; changes nothing.

    Raises:
        InvalidInput: the point is not in Malaysia.
        NotFound: there is no such household in the acting user's territory.

    """
    problems = rules.check_point(longitude=longitude, latitude=latitude)
    if problems:
        raise InvalidInput(problems)
    values = {"id": household_id, "longitude": longitude, "latitude": latitude}
    found = conn.execute(_PREVIEW, values).mappings().one_or_none()
    if found is None:
        raise NotFound
    return MovePreview(**found)


def move_household(session: Session, command: MoveHousehold) -> Saved:
    """Move the point: method ``manual``, as exact as is said; computed areas follow, declared area and status stand.

    Raises:
        InvalidInput: the point is not in Malaysia, or nobody says how exact it is.
        NotFound: there is no such household for editing by who acts.
        StaleRecord: it was changed since it was opened.

    """
    change = Change(session, command)
    problems = rules.check_point(longitude=command.longitude, latitude=command.latitude)
    problems |= accuracy_problem(command.accuracy_m)
    if problems:
        raise InvalidInput(problems)
    household = change.household
    was = session.execute(_WHERE, {"id": household.id}).one()
    for name, value in (("longitude", command.longitude), ("latitude", command.latitude)):
        if getattr(was, name) != value:
            change.note(name, getattr(was, name), value)
    accuracy = command.accuracy_m
    if change.changed or household.geom_method != "manual" or household.geom_accuracy_m != accuracy:
        household.geom = WKTElement(f"POINT({command.longitude!r} {command.latitude!r})", srid=4326)
        change.assign(household, {"geom_method": "manual", "geom_accuracy_m": accuracy})
        judge_point(change)
        change.keep_place()
        change.settle_flags(checked=_POINT_FLAGS[:2], found=())
    return change.finish("move")


def accuracy_problem(accuracy_m: int | None) -> rules.Problems:
    """That nobody says how exact a point is, or says what cannot be."""
    if accuracy_m is None:
        return {"accuracy": "accuracy_missing"}
    return {} if 0 < accuracy_m <= LEAST_EXACT_M else {"accuracy": "accuracy_range"}


def stated_accuracy(choice: object, measured_m: object) -> int | None:
    """The metres that a choice stands for: what the device measured, where its position was taken."""
    if choice != DEVICE:
        return ACCURACIES_M.get(str(choice))
    try:
        metres = float(str(measured_m))
    except ValueError:
        return None
    return max(1, min(round(metres), LEAST_EXACT_M)) if 0 <= metres < float("inf") else None


def judge_point(change: Change) -> None:
    """Find the areas that the household's point lies in and flag it where it lies far outside the declared district."""
    household = change.household
    change.session.flush()
    point = change.session.execute(_WHERE, {"id": household.id}).one()
    values = {"longitude": point.longitude, "latitude": point.latitude, "district": household.district_code}
    areas = change.session.execute(_AREAS, values).one()
    speaks = household.geom_method in GIVEN and areas.district_code != household.district_code
    change.assign(
        household,
        {
            "computed_district_code": areas.district_code,
            "computed_mukim_code": areas.mukim_code,
            "outside_district_m": areas.outside_district_m if speaks else None,
            "parliament_code": areas.parliament_code,
            "dun_code": areas.dun_code,
            "catchment_codes": list(areas.catchment_codes),
        },
    )
    change.session.flush()
    far = change.session.scalar(_FAR, {"id": household.id})
    change.settle_flags(checked=(FAR,), found=(FAR,) if far else ())
