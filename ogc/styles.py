"""The styles of a collection of areas, a file for each measure: made from what is told to who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request

from layers import styles
from ogc.collections import AREAS, footing
from ogc.deps import asked_words, base_url, deps_of_request, person
from ogc.months import month_of
from queries import open_data
from registry.errors import NotFound

if TYPE_CHECKING:
    from words import Words


def listed(collection: str) -> dict[str, Any]:
    """The styles there are, with their addresses."""
    if collection not in AREAS:
        raise NotFound
    words, base = asked_words(), base_url()
    here = f"{base}/collections/{collection}/styles"
    return {
        "default": "kadar" if collection != "mukim" else "jumlah_miskin",
        "styles": [
            {
                "id": measure,
                "title": title_of(measure, words),
                "links": [
                    {"rel": "stylesheet", "type": kind, "title": ending.upper(), "href": f"{here}/{measure}.{ending}"}
                    for ending, kind in styles.KINDS.items()
                ],
            }
            for measure in open_data.MEASURES
        ],
        "links": [{"rel": "self", "type": "application/json", "href": here}],
    }


def made(collection: str, measure: str, ending: str) -> Response:
    """A style as a file."""
    if collection not in AREAS or measure not in open_data.MEASURES or ending not in styles.KINDS:
        raise NotFound
    words = asked_words()
    month = month_of(request.args.get("datetime"), footing())
    with deps_of_request().reading() as connection:
        found = open_data.areas(
            connection, level=AREAS[collection], month=month, sees_persons=person().sees_persons
        )
    values = [float(value) for value in (getattr(area, measure) for area in found) if value is not None]
    classes, hidden = styles.classes_of(measure, values), words("ogc.not_told")
    if ending == "qml":
        text = styles.qml(measure, classes, hidden)
    else:
        text = styles.sld(collection, title_of(measure, words), measure, classes, hidden)
    answer = Response(text, content_type=f"{styles.KINDS[ending]}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{collection}-{measure}.{ending}"'
    return answer


def title_of(measure: str, words: Words) -> str:
    """What a measure is called."""
    return words(f"ogc.field_{measure}")
