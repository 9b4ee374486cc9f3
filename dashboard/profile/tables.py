"""What a profile tells as lines: numbers, who they are, aid, indicators, projects; for screen and paper alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.indicator_words import name_of, written_beside_goal
from layers import numbers
from poverty.rates import change
from queries.cross import value_word

if TYPE_CHECKING:
    from dashboard.profile.reading import Profile
    from words import Words

Line = tuple[str, str]
GROUPS: Final = ("strata", "ethnicity", "age")
_YEAR: Final = 12


def number_lines(profile: Profile, words: Words) -> list[Line]:
    """The numbers of the area, each with its name."""
    totals, year = profile.figures.totals, profile.figures.before(_YEAR)
    moved = None if year is None else change(totals.poor, year.poor)
    return [
        (words("measure.poor"), count_text(totals.poor, words)),
        (words("measure.tegar"), count_text(totals.tegar, words)),
        (words("measure.miskin"), count_text(totals.miskin, words)),
        (words("map.rate"), numbers.share(profile.share)),
        (words("profile.in_year"), numbers.change(moved)),
        (words("map.cost"), numbers.money_short(totals.gap_rm, words=words)),
    ]


def count_text(count: int | None, words: Words) -> str:
    """A count, or that it is too small to be shown."""
    return words("profile.few") if count is None else numbers.count(count)


def who_lines(profile: Profile, words: Words) -> dict[str, list[tuple[str, int | None, int | None]]]:
    """Who the poor are: by each group and cut its values with hardcore poor and poor, ``None`` hidden."""
    found: dict[str, list[tuple[str, int | None, int | None]]] = {}
    for name in GROUPS:
        frame = profile.figures.groups.get(name)
        if frame is None or frame.empty:
            continue
        kind = "strata" if name == "strata" else "group"
        found[words(f"map.by_{name}")] = [
            (words(f"{kind}.{row['group']}"), _whole(row["tegar"]), _whole(row["miskin"]))
            for row in frame.to_dict("records")
        ]
    for cut, table in profile.cuts.items():
        if table.rows:
            found[words(f"cut.{cut}")] = [
                (words(value_word(cut, row)), table.at(row, "tegar"), table.at(row, "miskin")) for row in table.rows
            ]
    return found


def aid_lines(profile: Profile, words: Words) -> list[Line]:
    """What aid reached in twelve months; nothing where none is known."""
    aid = profile.aid
    if aid is None:
        return []
    amount = aid["amount_rm"]
    return [
        (words("measure.reach_aided"), count_text(aid["aided"], words)),
        (words("measure.reach_never"), count_text(aid["never"], words)),
        (
            words("measure.reach_amount"),
            words("profile.few") if amount is None else numbers.money_short(amount, words=words),
        ),
    ]


def indicator_lines(profile: Profile, words: Words) -> list[tuple[str, str, str, str]]:
    """Each indicator: name, value, target, light (its code, empty without one)."""
    return [
        (
            name_of(item.indicator, words),
            words("profile.few") if item.actual is None else written_beside_goal(item.actual, item, words),
            written_beside_goal(item.goal.target, item, words) if item.goal else numbers.MISSING,
            item.light or "",
        )
        for item in profile.measured
    ]


def project_lines(profile: Profile, words: Words) -> list[Line]:
    """How many projects there are of each type, rounded."""
    malay = words.language == "ms"
    return [
        (row["type_ms"] if malay else row["type_en"], count_text(row["projects"], words)) for row in profile.projects
    ]


def _whole(value: float | None) -> int | None:
    return None if value is None or value != value else int(value)  # noqa: PLR0124 - not a number

