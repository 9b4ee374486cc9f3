"""Claims about multidimensional poverty, by hand and for every structure."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.deprivation import AGE_UNKNOWN, Column, Homes, Members, UnreadableRule, profile
from poverty.multidimensional import Measured, Profiles, counted, read_structure

RAW: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "data" / "measures" / "mpi_structures.json").read_text(encoding="utf-8")
)
OURS = read_structure("ekasih-1", RAW["ekasih-1"])
CODES = [one.code for one in OURS.computed]


def homes(*rows: dict[str, Any]) -> Homes:
    """Households that lack nothing but what is said of them."""
    well: dict[str, Any] = {
        "rooms": 3, "bekalan_air": "Paip", "keadaan_rumah": "Baik", "tandas": "Pam", "kutipan_sampah": True,
        "kenderaan": "Kereta", "bekalan_elektrik": True, "status": "terkeluar", "persons": [(40, "SPM", False)],
    }  # fmt: skip
    found = [well | row for row in rows]
    persons = [(place, *person) for place, row in enumerate(found) for person in row["persons"]]
    return Homes(
        np.array([len(row["persons"]) for row in found]),
        np.array([row["rooms"] for row in found]),
        {name: Column.of([row[name] for row in found]) for name in well if name not in {"rooms", "persons"}},
        Members(
            np.array([person[0] for person in persons]),
            np.array([AGE_UNKNOWN if person[1] is None else person[1] for person in persons]),
            {
                "tahap_pendidikan": Column.of([person[2] for person in persons]),
                "bersekolah": Column.of([person[3] for person in persons]),
            },
        ),
    )


def deprived_of(**row: Any) -> tuple[set[str], set[str]]:
    lacks, unknown = profile([one.rule for one in OURS.computed], homes(row))
    return ({code for bit, code in enumerate(CODES) if lacks[0] >> bit & 1},
            {code for bit, code in enumerate(CODES) if unknown[0] >> bit & 1})  # fmt: skip


def measured_by_hand(*, by_person: bool = False) -> Measured:
    bits = {code: 1 << place for place, code in enumerate(CODES)}

    def of(*codes: str) -> int:
        return sum(bits[code] for code in codes)

    profiles = Profiles.of(
        np.array([
            of(*(code for code in CODES if code != "elektrik")),
            of("tandas_pam", "kutipan_sampah", "pendapatan_bawah_pgk"),
            of("pendapatan_bawah_pgk"),
            of("air_bersih", "pengangkutan", "elektrik"),
        ]),
        np.array([0, 0, 0, of("tandas_pam")]),
        np.array([4, 2, 5, 3]),
        len(CODES),
    )  # fmt: skip
    return Measured(OURS, counted(OURS, profiles, by_person=by_person))


def test_the_worked_example_comes_out() -> None:
    household, person = measured_by_hand(), measured_by_hand(by_person=True)
    assert (household.share_poor, household.intensity, household.index) == (
        Fraction(2, 3), Fraction(31, 48), Fraction(31, 72)
    )  # fmt: skip
    assert (person.share_poor, person.intensity, person.index) == (Fraction(6, 11), Fraction(3, 4), Fraction(9, 22))
    assert household.bounds == (Fraction(3, 4), Fraction(3, 4))
    assert (household.counts.used, household.counts.dropped) == (3, 1)


def test_one_known_member_decides_and_an_unknown_one_only_where_nobody_does() -> None:
    school, spm = "kehadiran_sekolah", "tahun_persekolahan"
    assert deprived_of(persons=[(40, "Rendah", False), (10, "Tiada", False)])[0] == {school, spm}
    assert deprived_of(persons=[(40, " spm ", False), (10, None, True)]) == (set(), set())
    assert deprived_of(persons=[(40, "SPM", False), (None, None, False)]) == (set(), {school})
    assert deprived_of(persons=[(40, None, False)]) == (set(), {spm})
    assert deprived_of(persons=[(70, None, None)]) == (set(), set())
    assert deprived_of(persons=[(-1, None, None)]) == (set(), set())


def test_crowding_is_by_persons_to_a_room_and_no_room_is_unknown() -> None:
    two = [(40, "SPM", False)] * 4
    assert deprived_of(persons=two, rooms=2)[0] == set()
    assert deprived_of(persons=two, rooms=1)[0] == {"orang_sebilik"}
    assert deprived_of(persons=two, rooms=0) == (set(), {"orang_sebilik"})


def test_an_empty_field_is_unknown_and_case_makes_no_difference() -> None:
    assert deprived_of(bekalan_air=" ") == (set(), {"air_bersih"})
    assert deprived_of(bekalan_air="PAIP ", keadaan_rumah="uzur")[0] == {"keadaan_kediaman"}


masks = st.lists(
    st.tuples(st.integers(0, 2**10 - 1), st.integers(0, 2**10 - 1), st.integers(1, 12)), min_size=1, max_size=40
)


@given(masks, st.integers(0, 40), st.booleans())
def test_indicators_contributions_and_parts_make_the_whole(
    rows: list[tuple[int, int, int]], cut: int, by_person: bool
) -> None:
    def of(part: list[tuple[int, int, int]]) -> Measured:
        lacks, unknown, members = np.array(part, dtype=np.int64).reshape(-1, 3).T
        unknown &= ~lacks & (members % 3 == 0)
        return Measured(OURS, counted(OURS, Profiles.of(lacks, unknown, members, 10), by_person=by_person))

    whole, first, second = of(rows), of(rows[:cut]), of(rows[cut:])
    assert first.counts + second.counts == whole.counts
    if whole.index is None:
        return
    weights = {one.code: one.weight for one in OURS.computed}
    assert sum(weights[code] * share for code, share in whole.censored.items() if share is not None) == whole.index
    assert whole.index == 0 or sum(share for share in whole.contributions.values() if share is not None) == 1
    assert whole.index == 0 or whole.index == whole.share_poor * whole.intensity
    low, high = whole.bounds
    assert low <= high


@given(masks)
def test_fewer_are_poor_as_the_cutoff_rises(rows: list[tuple[int, int, int]]) -> None:
    lacks, _, members = np.array(rows, dtype=np.int64).T
    shares = []
    for cutoff in ("1/24", "1/4", "1/3", "1/2", "1"):
        structure = read_structure("x", RAW["ekasih-1"] | {"k": cutoff})
        profiles = Profiles.of(lacks, np.zeros_like(lacks), members, 10)
        shares.append(Measured(structure, counted(structure, profiles)).share_poor)
    assert shares == sorted(shares, reverse=True)


def broken(change: Any) -> dict[str, Any]:
    raw = json.loads(json.dumps(RAW["ekasih-1"]))
    change(raw)
    return raw


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("dimension", lambda raw: raw["dimensions"][0]["indicators"][0].update(weight="1/4")),
        ("whole", lambda raw: raw["dimensions"].pop()),
        ("cutoff", lambda raw: raw.update(k="3/2")),
        ("fraction", lambda raw: raw.update(k="a third")),
        ("fraction", lambda raw: raw.update(k=0.3333)),
        ("missing", lambda raw: raw.pop("source")),
        ("field", lambda raw: raw["dimensions"][1]["indicators"][0].update(deprived={"isi_rumah": ["nama", "=", "A"]})),
        ("ages", lambda raw: raw["dimensions"][0]["indicators"][1]["deprived"]["ada_ahli"].update(umur=[16, 6])),
        ("rule", lambda raw: raw["dimensions"][1]["indicators"][0].update(deprived={"drop": 1})),
        ("not_collected", lambda raw: raw["dimensions"][1]["indicators"][0].update(deprived=None)),
    ],
)  # fmt: skip
def test_a_structure_that_does_not_add_up_is_refused(key: str, change: Any) -> None:
    with pytest.raises(UnreadableRule) as refused:
        read_structure("x", broken(change))
    assert refused.value.key == key


def test_what_is_not_collected_is_known_by_name() -> None:
    assert [one.code for one in read_structure("rmk11", RAW["rmk11"]).not_collected] == [
        "kemudahan_kesihatan", "komunikasi"
    ]  # fmt: skip
