"""The page on which a place is marked: a picture that is pressed, or moved over by buttons. Without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, render_template, request

from layers.palettes import TOKENS
from portal.deps import deps_of_request
from portal.intake.districts import district_of, draw
from portal.intake.ground import DEEPEST, PIXELS, Cell, nearest_place
from portal.intake.travelling import packed
from portal.language import current_words, switched
from portal.pages import PREFIX, page
from portal.routes import shown

if TYPE_CHECKING:
    from portal.intake.districts import Outlined
    from portal.intake.ground import Point
    from portal.intake.travelling import Travelling

MAP: Final = "peta"
"""The page's name among the questions, and the button that opens it."""
PICTURES: Final = f"{PREFIX}/peta-daerah/"
_PRESSED, _STEP, _KEEP, _LEAVE = "titik", "langkah", "simpan", "kembali"
_MOVES: Final = {"utara": (0, -1), "barat": (-1, 0), "timur": (1, 0), "selatan": (0, 1)}
_ZOOMS: Final = {"dekat": 1, "jauh": -1}
_STEP_PIXELS, _EDGE_PIXELS = 20, 24
_OPENED_AT: Final = 2
"""How near a point that was marked before is shown."""
_KILOMETRE: Final = 1000
_NUMBER: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,8})?", re.ASCII)
pictures = Blueprint("pictures", __name__)


@pictures.get("/peta-daerah/<code>/<int:zoom>-<int:column>-<int:row>.svg")
@shown
def picture(code: str, zoom: int, column: int, row: int) -> Response:
    """A square of a district: our boundaries and names. Its address holds no point; the page draws the pin over it."""
    cell = Cell(zoom, column, row)
    with deps_of_request().reading() as connection:
        district = district_of(connection, code) if cell.exists else None
    if district is None:
        abort(404)
    drawn = render_template("daerah.svg", drawn=draw(district, cell), side=PIXELS, colours=TOKENS)
    return Response(drawn, mimetype="image/svg+xml")


@dataclass(frozen=True, slots=True)
class Marking:
    """What the picture shows, and the point that was marked on it."""

    cell: Cell
    pin: Point | None = None

    def packed(self, district: Outlined) -> list[Any]:
        """As it travels in the page, with the boundaries that its squares are of."""
        return [district.code, district.version, self.cell.zoom, self.cell.column, self.cell.row, self.pin]

    @classmethod
    def unpacked(cls, held: list[Any], district: Outlined) -> Marking | None:
        """As the page held it; ``None`` where its picture was of another district, or of other boundaries."""
        if held[:2] != [district.code, district.version]:
            return None
        zoom, column, row, pin = held[2:]
        return cls(Cell(zoom, column, row), None if pin is None else (pin[0], pin[1]))

    def pressed(self, district: Outlined, x: int, y: int) -> Marking:
        """The point that was pressed, seen from nearer."""
        pin = district.ground.point(self.cell, x, y)
        deepest = self.cell.zoom == DEEPEST
        return Marking(self.cell if deepest else district.ground.cell_at(self.cell.zoom + 1, pin), pin)

    def moved(self, district: Outlined, across: int, down: int) -> Marking:
        """The point a step further, in sight; the first one stands in the middle, if that is in the district."""
        ground = district.ground
        if self.pin is None:
            middle = ground.middle(self.cell)
            first = middle if district.holds(middle) else district.inside
            return Marking(self.cell if first == middle else ground.cell_at(self.cell.zoom, first), first)
        x, y = ground.pixel(self.cell, self.pin)
        x, y = x + across * _STEP_PIXELS, y + down * _STEP_PIXELS
        pin = ground.point(self.cell, x, y)
        stays = all(_EDGE_PIXELS <= place <= PIXELS - _EDGE_PIXELS for place in (x, y))
        return Marking(self.cell if stays else ground.cell_at(self.cell.zoom, pin), pin)

    def zoomed(self, district: Outlined, by: int) -> Marking:
        """The same from nearer or from further away."""
        zoom = min(DEEPEST, max(0, self.cell.zoom + by))
        middle = self.pin or district.ground.middle(self.cell)
        return replace(self, cell=district.ground.cell_at(zoom, middle))


def opened(form: Travelling) -> Response | None:
    """The map of the district that was chosen, with the point that was answered; ``None`` where there is no map."""
    district = _district(form)
    if district is None:
        return None
    pin = _answered(form)
    marking = Marking(Cell(0))
    if pin is not None and district.holds(pin):
        marking = Marking(district.ground.cell_at(_OPENED_AT, pin), pin)
    return _page(form, district, marking)


def gone_on(form: Travelling) -> Response | None:
    """The page after the map: the map again; ``None`` where its question is shown, with the point if it was kept."""
    district, step = _district(form), request.form.get(_STEP, "")
    if district is None or step == _LEAVE:
        return None
    marking = Marking.unpacked(form.marking, district)
    if switched() or marking is None:
        return _page(form, district, marking or Marking(Cell(0)))
    if step == _KEEP:
        return _kept(form, district, marking)
    wanted = _after(marking, district, step)
    if wanted.pin is not None and not district.holds(wanted.pin):
        return _page(form, district, marking, problem="outside", used=step)
    return _page(form, district, wanted, used=step)


def _kept(form: Travelling, district: Outlined, marking: Marking) -> Response | None:
    if marking.pin is None:
        return _page(form, district, marking, problem="no_pin")
    longitude, latitude = marking.pin
    form.answers |= {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
    return None


def _after(marking: Marking, district: Outlined, step: str) -> Marking:
    if step in _MOVES:
        return marking.moved(district, *_MOVES[step])
    if step in _ZOOMS:
        return marking.zoomed(district, _ZOOMS[step])
    at = [request.form.get(f"{_PRESSED}.{axis}", "") for axis in "xy"]
    if not all(re.fullmatch(r"[0-9]{1,3}", place, re.ASCII) and int(place) <= PIXELS for place in at):
        return marking
    x, y = (int(place) for place in at)
    # a key pressed on the picture tells of no place on it
    return marking.pressed(district, *((x, y) if x or y else (PIXELS // 2, PIXELS // 2)))


def _district(form: Travelling) -> Outlined | None:
    with deps_of_request().reading() as connection:
        return district_of(connection, form.answers.get("district", ""))


def _answered(form: Travelling) -> Point | None:
    given = [form.answers.get(name, "") for name in ("longitude", "latitude")]
    return (float(given[0]), float(given[1])) if all(_NUMBER.fullmatch(one) for one in given) else None


def _page(form: Travelling, district: Outlined, marking: Marking, *, problem: str = "", used: str = "") -> Response:
    form.marking = marking.packed(district)
    words = current_words()
    cell, pin = marking.cell, marking.pin
    values: dict[str, Any] = {}
    if pin is not None:
        place, metres = nearest_place(pin)
        values = {"near": place.name, "away": f"{metres / _KILOMETRE:.1f}", "at": district.ground.pixel(cell, pin)}
    return page(
        "intake_map.html",
        held=packed(form, key=deps_of_request().settings.portal_key),
        district=district,
        source=f"{PICTURES}{district.code}/{cell.zoom}-{cell.column}-{cell.row}.svg?m={district.version}",
        pin=pin,
        side=PIXELS,
        steps=[*_MOVES, *_ZOOMS],
        used=used or (_PRESSED if request.form.get(f"{_PRESSED}.x") else ""),
        problem=words(f"borang.map_problem_{problem}", district=district.name) if problem else "",
        accuracy=round(district.accuracy_m / _KILOMETRE),
        proved=False,
        **values,
    )
