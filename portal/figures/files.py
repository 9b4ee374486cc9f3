"""A release as files: CSV of all counts and of aid, GeoJSON of the map, a PNG picture of it."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort
from PIL import Image, ImageDraw, ImageFont

from layers.palettes import RAMPS, TOKENS
from portal.deps import deps_of_request
from portal.figures import drawing, reading
from portal.figures.pages import figure, name_of
from portal.figures.reading import MEASURES
from portal.language import current_words
from portal.routes import shown
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.figures.reading import Release
    from words import Words

files = Blueprint("figure_files", __name__)
_RAMPS: Final = {"miskin": "poor", "tegar": "tegar", "kadar": "miskin"}
_WIDTH: Final = 1200
_HEAD, _FOOT, _SIDE = 90, 210, 24
_LATIN: Final = frozenset({"ms", "en"})
_HELD: Final = {"bawah10": "<10", "tutup": ""}


@files.get("/peta/<number>/kiraan.csv")
@shown
def counts_csv(number: str) -> Response:
    """All counts of a release: every month, area and slice."""
    with deps_of_request().reading() as connection:
        release = _known(number)
        rows = reading.every(connection, release)
    head = ("keluaran", "bulan", "kod", "kawasan", "pecahan", "ukuran", "dinyatakan", "isi_rumah", "kadar_peratus")
    lines = (
        (
            number, f"{row.month:%Y-%m}", row.area_code, name_of(release, row.area_code, words_of("ms")), row.cut,
            {"poor": "miskin"}.get(row.measure, row.measure), row.told, _HELD.get(row.told, row.counted), row.rate,
        )
        for row in rows
    )  # fmt: skip
    return _csv(release, "kiraan", head, list(lines))


@files.get("/peta/<number>/bantuan.csv")
@shown
def aid_csv(number: str) -> Response:
    """All aid of a release by programme, area and year."""
    with deps_of_request().reading() as connection:
        release = _known(number)
        rows = reading.every_aid(connection, release)
    head = ("keluaran", "tahun", "program", "nama_program", "kod", "kawasan", "dinyatakan", "isi_rumah", "jumlah_rm")
    lines = [
        (
            number, row.year, row.programme_code, row.programme_ms, row.area_code,
            name_of(release, row.area_code, words_of("ms")), row.told, _HELD.get(row.told, row.households),
            row.amount_rm,
        )
        for row in rows
    ]  # fmt: skip
    return _csv(release, "bantuan", head, lines)


@files.get("/peta/<number>/peta.geojson")
@shown
def geojson(number: str) -> Response:
    """States and districts with their outlines and the figures of the last month."""
    release = _known(number)
    facts = release.facts
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(area.shape),
            "properties": {
                "kod": area.code,
                "nama": area.name,
                "dalam": area.parent,
                **{
                    measure: _json(release.value(area.code, measure), release.told(area.code, measure).how)
                    for measure in MEASURES
                },
            },
        }
        for area in release.areas.values()
        if area.shape
    ]
    found = {
        "type": "FeatureCollection",
        "keluaran": number,
        "bulan": f"{facts.month:%Y-%m}",
        "setakat": facts.as_of.isoformat(),
        "sumber": words_of("ms")("peta.source_name"),
        "sempadan": facts.boundaries,
        "tahun_banci": facts.census_year,
        "data_contoh": facts.sample,
        "jumlah_semak": facts.checksum,
        "features": features,
    }
    return _file(json.dumps(found, ensure_ascii=False), "application/geo+json", f"{_stem(release)}.geojson")


@files.get("/peta/<number>/<area>/<measure>.png")
@shown
def picture(number: str, area: str, measure: str) -> Response:
    """The map of the country or of a state as a picture, with its legend and where it is from."""
    release = _known(number)
    if measure not in MEASURES or area not in {one.parent for one in release.areas.values()} or not area:
        abort(404)
    words = current_words()
    # the letters at hand are Latin ones
    words = words if words.language in _LATIN else words_of("en")
    made = _picture(number, area, measure, words.language)
    return _file(made, "image/png", f"{_stem(release)}-{area}-{measure}.png")


def _known(number: str) -> Release:
    with deps_of_request().reading() as connection:
        release = reading.release(connection, number)
    if release is None:
        abort(404)
    return release


@lru_cache(maxsize=64)
def _picture(number: str, area: str, measure: str, language: str) -> bytes:
    """A release never changes, so its pictures are drawn once."""
    return _drawn(_known(number), area, measure, words_of(language))


def _drawn(release: Release, within: str, measure: str, words: Words) -> bytes:
    areas = release.inside(within)
    rings = {one.code: drawing.rings_of(one) for one in areas}
    corners = [corner for one in rings.values() for ring in one for corner in ring]
    if not corners:
        abort(404)
    frame = drawing.Frame.around(corners, _WIDTH)
    image = Image.new("RGB", (_WIDTH, frame.height + _HEAD + _FOOT), TOKENS["paper"])
    canvas = ImageDraw.Draw(image)
    bounds = drawing.classes(release.value(one.code, measure) for one in areas)
    for one in areas:
        fill = _colour(drawing.look_of(release, one.code, measure, bounds), measure)
        for ring in rings[one.code]:
            points = [(x, y + _HEAD) for x, y in (frame.place(corner) for corner in ring)]
            if len(points) > 2:  # noqa: PLR2004 - fewer corners are no area
                canvas.polygon(points, fill=fill, outline=TOKENS["line-strong"])
    title = words("peta.picture_title", measure=words(f"peta.{measure}"), area=name_of(release, within, words))
    canvas.text((_SIDE, 16), title, fill=TOKENS["ink"], font=ImageFont.load_default(34))
    canvas.text((_SIDE, 58), _cited(release, words), fill=TOKENS["ink-soft"], font=ImageFont.load_default(20))
    _legend(canvas, bounds, measure, words, top=frame.height + _HEAD + 14)
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _legend(
    canvas: ImageDraw.ImageDraw, bounds: Sequence[tuple[Any, Any]], measure: str, words: Words, *, top: int
) -> None:
    font = ImageFont.load_default(20)
    ranges = [f"{figure(low, measure)} - {figure(high, measure)}" if low != high else figure(low, measure)
              for low, high in bounds]  # fmt: skip
    looks = [(str(place), told) for place, told in enumerate(ranges, start=1)]
    looks += [("few", words("peta.told_bawah10")), ("none", words("peta.told_tutup"))]
    for place, (look, told) in enumerate(looks):
        x, y = _SIDE + (place % 4) * 290, top + (place // 4) * 36
        canvas.rectangle((x, y, x + 28, y + 22), fill=_colour(look, measure), outline=TOKENS["line-strong"])
        canvas.text((x + 38, y), told, fill=TOKENS["ink"], font=font)
    canvas.text((_SIDE, top + 86), words("peta.rounded"), fill=TOKENS["ink-soft"], font=ImageFont.load_default(18))
    canvas.text((_SIDE, top + 114), words("peta.source_name"), fill=TOKENS["ink-soft"], font=ImageFont.load_default(18))


def _cited(release: Release, words: Words) -> str:
    facts = release.facts
    cited = words("peta.cited", number=facts.number, month=f"{facts.month:%m/%Y}", day=f"{facts.as_of:%d/%m/%Y}")
    return f"{cited} · {words('peta.sample')}" if facts.sample else cited


def _colour(look: str, measure: str) -> str:
    if look in {"few", "none"}:
        return TOKENS["too-few" if look == "few" else "no-data"]
    return RAMPS[_RAMPS[measure]][int(look) - 1]


def _csv(release: Release, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Response:
    kept = io.StringIO()
    write = csv.writer(kept, lineterminator="\r\n")
    sample = release.facts.sample
    write.writerow([*head, "setakat", "sumber", "data_contoh"])
    source = words_of("ms")("peta.source_name")
    for row in rows:
        write.writerow([*row, release.facts.as_of.isoformat(), source, "ya" if sample else "tidak"])
    # the mark by which spreadsheets know UTF-8
    return _file("\ufeff" + kept.getvalue(), "text/csv; charset=utf-8", f"{_stem(release)}-{name}.csv")


def _stem(release: Release) -> str:
    return f"ekasih-{release.number}{'-contoh' if release.facts.sample else ''}"


def _file(content: str | bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _json(value: Any, how: str) -> object:
    if value is None:
        return _HELD.get(how) or None
    return value if isinstance(value, int) else float(value)
