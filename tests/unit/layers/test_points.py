"""Claims about the layer of households in view."""

import pandas as pd
import pytest

from layers.points import PointFrameError, points, standing_apart

MIXED = pd.DataFrame(
    {
        "lon": [101.0, 101.5],
        "lat": [4.4, 4.5],
        "n": [40, 1],
        "tegar": [10, None],
        "miskin": [30, None],
        "id": [None, 7],
        "status": [None, "tegar"],
        "accuracy_m": [None, 4000],
    }
)


def test_what_is_shown_is_counted_with_those_inside_clusters() -> None:
    layer = points(MIXED, total=1500)
    assert (layer.shown, layer.total, layer.complete) == (41, 1500, False)


def test_a_layer_that_shows_everybody_is_complete() -> None:
    assert points(MIXED).complete


def test_statuses_are_counted_over_clusters_and_points() -> None:
    assert points(MIXED).by_status == {"tegar": 11, "miskin": 30, "mudah_miskin": 0, "terkeluar": 0}


def test_a_cluster_carries_counts_and_no_household() -> None:
    cluster = points(MIXED).collection["features"][0]["properties"]
    by_status = {"tegar": 10, "miskin": 30, "mudah_miskin": 0, "terkeluar": 0}
    assert cluster == {"n": 40, "text": "40", "together": False} | by_status


def test_a_single_household_carries_its_id_and_status_and_nothing_else() -> None:
    frame = MIXED.assign(name="Seorang", mykad="900101145567", income_rm=100)
    household = points(frame).collection["features"][1]["properties"]
    assert household == {"n": 1, "id": "7", "status": "tegar", "approximate": True}


def test_a_place_that_is_known_well_is_not_approximate() -> None:
    household = points(MIXED.assign(accuracy_m=25)).collection["features"][1]["properties"]
    assert household["approximate"] is False


def test_places_are_longitude_then_latitude() -> None:
    assert points(MIXED).collection["features"][0]["geometry"]["coordinates"] == [101.0, 4.4]


def test_nobody_in_view_is_an_empty_layer() -> None:
    layer = points(MIXED.iloc[:0])
    assert (layer.collection["features"], layer.shown, layer.complete) == ([], 0, True)


def test_every_missing_column_is_named_at_once() -> None:
    with pytest.raises(PointFrameError, match="lon, lat"):
        points(pd.DataFrame({"n": [1]}))


def row_of_houses(metres: float) -> pd.DataFrame:
    """Six households of two statuses in a row from west to east, some metres apart at the equator."""
    east = [101.0 + metres * at / 111_320 for at in range(6)]
    statuses = ["tegar", "miskin"] * 3
    counts = {name: [int(status == name) for status in statuses] for name in ("tegar", "miskin")}
    none = {"mudah_miskin": [0] * 6, "terkeluar": [0] * 6, "accuracy_m": [8] * 6, "together": [True] * 6}
    return pd.DataFrame({"lon": east, "lat": 0.0, "n": 1, "id": range(6), "status": statuses} | counts | none)


def test_marks_that_would_hide_each_other_are_one_cluster_that_counts_all() -> None:
    apart = standing_apart(row_of_houses(5), zoom=14)
    layer = points(apart)
    assert (len(apart), layer.shown, layer.by_status["tegar"], layer.by_status["miskin"]) == (1, 6, 3, 3)
    assert not layer.collection["features"][0]["properties"]["together"]


def test_marks_that_can_be_told_apart_stay_as_they_are() -> None:
    # a pixel is 0.6 m at zoom 18
    houses = row_of_houses(30)
    assert standing_apart(houses, zoom=18) is houses
    assert 1 < len(standing_apart(houses, zoom=16)) < len(houses)


def test_a_place_shared_by_several_stays_one_that_is_listed() -> None:
    shared = row_of_houses(0).iloc[:1].assign(n=4, tegar=4, id=None, status=None)
    kept = points(standing_apart(pd.concat([shared, row_of_houses(50).iloc[3:]]), zoom=18))
    assert [one["properties"].get("together") for one in kept.collection["features"]] == [True, None, None, None]
