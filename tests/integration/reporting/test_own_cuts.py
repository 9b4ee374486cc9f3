"""A table of one's own by groups of the poor: a recount for who sees persons, no small count for who does not."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.reports.table_form import table_form
from queries import reporting
from queries.cross import value_word
from registry import db
from registry.errors import InvalidInput
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.reporting.editions import KINDS, digest, file_of, make_edition
from registry.reporting.own_tables import own_table_of
from registry.reporting.scope import Asked
from registry.reporting.tables import SaveTable, save_table
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from queries.row_types.reporting import OneEditionRow

TODAY = date(2026, 10, 20)
KINTA, KERIAN, LARUT = "0803", "0804", "0805"
SPEC = {"within": "08", "level": "district", "measures": ["poor", "tegar", "miskin"], "months": 1}
OF_HOUSEHOLDS = ("ethnicity", "head_sex", "head_age", "disability", "size")
_DISABLED = text("UPDATE ekasih.person SET disability = 'Fizikal' WHERE NOT is_head AND household_id = :household")
_BORN = text("UPDATE ekasih.person SET birth_date = :born WHERE is_head AND household_id = :household")
# the register itself, group by group, in the words of nobody else's statement
_RECOUNT = text("""
    SELECT h.district_code, h.status, h.ethnicity, coalesce(h.head_sex, 'unknown') AS head_sex, h.member_count,
        (SELECT extract(year FROM age(CAST(:on AS date), p.birth_date)) FROM ekasih.person AS p
         WHERE p.household_id = h.id AND p.is_head) AS years,
        EXISTS (SELECT FROM ekasih.person AS p WHERE p.household_id = h.id AND p.disability IS NOT NULL) AS disabled
    FROM ekasih.household AS h WHERE h.exited_on IS NULL AND h.status IN ('tegar', 'miskin')
""")


class Desk:
    """Poor households of many kinds in Kinta, three in Kerian, some in Larut; those who ask for tables of them."""

    def __init__(self, owner: Connection, web: Engine, home: Path) -> None:
        self.owner, self.web, self.home = owner, web, home
        for district, count in ((KINTA, 61), (KERIAN, 3), (LARUT, 23)):
            for number in range(count):
                household = add_household(
                    owner, f"{district}{number:03}", district=district, income=1500 if number % 3 else 260,
                    members=2 + number % 7, sex="female" if number % 4 == 0 else "male",
                    ethnicity=("bumiputera", "chinese", "indian")[number % 3 if number % 5 else 0],
                    on_date="2026-07-10",
                )  # fmt: skip
                owner.execute(_BORN, {"household": household, "born": date(1950 + number % 45, 3, 1)})
                if number % 9 == 1:
                    owner.execute(_DISABLED, {"household": household})
        close_months(owner, up_to=TODAY)
        publish(owner)
        self.on = owner.scalar(text("SELECT max(as_of) FROM ekasih.publication"))
        self.planner = add_principal(owner, "menteri", Role.PLANNER)
        self.officer = add_principal(owner, "kinta", Role.OFFICER, KINTA)
        self.perak = add_principal(owner, "perak", Role.STATE_OFFICE, "08")
        owner.commit()

    def make(self, who: Principal, cut: str, *, month: date | None = None, **spec: Any) -> OneEditionRow:
        wanted = {**SPEC, "cut": cut, **spec}
        with db.writing(self.web, who) as session:
            table = save_table(session, SaveTable(name=f"Jadual {cut}", spec=wanted, language="ms"))
            asked = Asked(report="jadual", area=wanted["within"], table=table, month=month)
            number = make_edition(session, asked, home=self.home).number
        with db.reading(self.web, who) as connection:
            found = reporting.edition(connection, number)
        assert found is not None
        return found

    def recount(self, cut: str) -> dict[tuple[str, str], list[int]]:
        """Poor, hardcore poor and other poor by district and value, from the register."""
        found: dict[tuple[str, str], list[int]] = {}
        for row in self.owner.execute(_RECOUNT, {"on": self.on}):
            size = next(name for most, name in _SIZES if row.member_count <= most)
            age = next(name for most, name in _AGES if row.years < most)
            value = {
                "ethnicity": row.ethnicity, "head_sex": row.head_sex, "head_age": age, "size": size,
                "disability": "some" if row.disabled else "none",
            }[cut]  # fmt: skip
            counts = found.setdefault((row.district_code, value), [0, 0, 0])
            for place in (0, 1 if row.status == "tegar" else 2):
                counts[place] += 1
        return found


_SIZES = ((2, "size_1_2"), (4, "size_3_4"), (6, "size_5_6"), (99, "size_7_over"))
_AGES = ((40, "head_under_40"), (60, "head_40_59"), (999, "head_60_over"))


@pytest.fixture
def desk(owner: Connection, web: Engine, cluster: Any) -> Desk:
    return Desk(owner, web, cluster.home)


def said(edition: OneEditionRow) -> dict[str, Any]:
    """The table, or why there is none."""
    heading, first, *_ = json.loads(edition["content"])["blocks"]
    assert heading["kind"] == "heading"
    return dict(first)


def counted(edition: OneEditionRow) -> dict[tuple[str, str], list[int | None]]:
    """What a table tells by area and group."""
    return {(row[0][0], row[2][0]): [cell[0] for cell in row[3:]] for row in said(edition)["rows"]}


@pytest.mark.parametrize("cut", OF_HOUSEHOLDS)
def test_a_table_by_each_cut_is_a_recount_for_who_sees_the_persons(desk: Desk, cut: str) -> None:
    words, names = words_of("ms"), {KINTA: "Kinta", KERIAN: "Kerian", LARUT: "Larut dan Matang"}
    names |= dict(desk.owner.execute(text("SELECT code, name FROM ekasih.area WHERE level = 'district'")).all())
    recount = desk.recount(cut)
    expected = {(names[code], words(value_word(cut, value))): counts for (code, value), counts in recount.items()}
    edition = desk.make(desk.perak, cut)
    told = counted(edition)
    total = words(value_word(cut, "all"))
    assert edition["exact"]
    assert {key: counts for key, counts in told.items() if key[1] != total} == expected
    assert told[names[KERIAN], total][0] == 3
    assert [row[1][0] for row in said(edition)["rows"]] == [f"{desk.on:%d/%m/%Y}"] * len(told)
    of_kinta = counted(desk.make(desk.officer, cut, within=KINTA))
    assert of_kinta == {key: counts for key, counts in told.items() if key[0] == names[KINTA]}


@pytest.mark.parametrize("cut", OF_HOUSEHOLDS)
def test_a_state_and_the_country_are_told_as_one_row_of_each_group(desk: Desk, cut: str) -> None:
    recount, words = desk.recount(cut), words_of("ms")
    sums: dict[str, int] = {}
    for (_, value), counts in recount.items():
        sums[words(value_word(cut, value))] = sums.get(words(value_word(cut, value)), 0) + counts[0]
    of_state = counted(desk.make(desk.perak, cut, level="state"))
    assert {group: counts[0] for (_, group), counts in of_state.items() if group in sums} == sums
    if cut != "ethnicity":
        told = counted(desk.make(desk.planner, cut, within="MY", level="country"))
        assert told[words("map.country"), words("pivot.all")][0] == sum(sums.values())


@pytest.mark.parametrize("cut", OF_HOUSEHOLDS)
def test_who_sees_no_persons_reads_no_small_count_and_why_it_is_hidden(desk: Desk, cut: str) -> None:
    edition = desk.make(desk.planner, cut)
    told, table = counted(edition), said(edition)
    assert not edition["exact"]
    assert [count for counts in told.values() for count in counts if count in range(1, 5)] == []
    hidden = [key for key, counts in told.items() if None in counts]
    assert ("Kerian", words_of("ms")("pivot.all")) in hidden
    assert "disembunyikan" in table["note"]
    assert f"{desk.on:%d/%m/%Y}, tidak dibundarkan" in table["note"]
    with db.reading(desk.web, desk.planner) as connection:
        published = connection.execute(
            text("SELECT households FROM ekasih.published_cross WHERE area_code = :kinta AND starts_with(first, :cut)"
                 " AND second = 'status:tegar'"), {"kinta": KINTA, "cut": f"{cut}:"}
        ).scalars()  # fmt: skip
        assert sorted(counts[1] or 0 for (area, group), counts in told.items() if area == "Kinta" and
                      group != words_of("ms")("pivot.all")) == sorted(count or 0 for count in published)  # fmt: skip


def test_the_editions_of_a_cut_are_made_again_to_the_same_bytes_whatever_is_published_later(desk: Desk) -> None:
    edition = desk.make(desk.perak, "head_sex")
    before = {kind: file_of(edition, kind) for kind in KINDS}
    add_household(desk.owner, "X001", district=KINTA, income=260, sex="female", on_date="2026-08-10")
    publish(desk.owner)
    desk.owner.commit()
    assert {kind: file_of(edition, kind) for kind in KINDS} == before
    assert digest(before["pdf"]) == edition["pdf_sha256"]
    again = counted(desk.make(desk.perak, "head_sex"))
    assert again["Kinta", "Perempuan"][0] == (counted(edition)["Kinta", "Perempuan"][0] or 0) + 1


def test_months_and_measures_that_a_cut_is_not_told_of_are_named(desk: Desk) -> None:
    table = said(desk.make(desk.perak, "size", months=3, measures=["gap_rm", "tegar", "persons"]))
    assert [column["name"] for column in table["columns"]][3:] == ["Miskin tegar"]
    assert "Bagi Jul 2026 hingga Ogos 2026 pecahan ini tidak disimpan." in table["note"]
    assert "Tidak diberitahu mengikut pecahan ini: RM sebulan ke PGK," in table["note"]
    why = said(desk.make(desk.perak, "size", month=date(2026, 8, 1)))
    assert why["text"] == words_of("ms")("report.cut_of_newest", month="Sep 2026")


def test_who_sees_no_persons_is_told_of_ethnicity_by_the_release_where_it_has_it(desk: Desk) -> None:
    why = said(desk.make(desk.planner, "ethnicity", level="state"))
    assert why["text"] == words_of("ms")("report.no_cuts")
    assert ("Kinta", "Bumiputera") in counted(desk.make(desk.planner, "ethnicity"))
    assert counted(desk.make(desk.perak, "ethnicity", level="state"))["Perak", "Cina"][0] is not None


@pytest.mark.parametrize("cut", [*OF_HOUSEHOLDS, "age"])
def test_a_cut_is_refused_at_a_level_that_it_is_not_told_of(cut: str) -> None:
    wanted = {**SPEC, "within": KINTA, "level": "mukim", "cut": cut}
    with pytest.raises(InvalidInput) as refused:
        own_table_of(wanted)
    assert refused.value.problems == {"report_table": "report.table_cut_unfit"}
    assert own_table_of({**wanted, "cut": "strata"}).level == "mukim"


@pytest.mark.parametrize("language", ["ms", "en"])
def test_the_form_offers_every_cut_and_says_of_which_levels(language: str) -> None:
    words = words_of(language)
    (offered,) = (
        one.data for one in table_form(words)._traverse() if getattr(one, "label", "") == words("report.table_cut")
    )
    assert {"-", "strata", "age", *OF_HOUSEHOLDS} == {one["value"] for one in offered}
    for one in offered:
        if one["value"] in OF_HOUSEHOLDS:
            assert words("level.district").lower()[:6] in one["label"].lower()
