"""The clock of tickets: when an answer and a solution are due in the working hours of the place, and who is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from poverty.working_time import MALAYSIA, Calendar, Hours, Pause, ends, working_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Row

FEDERAL: Final = "MY"
ANSWERED: Final[Mapping[int, tuple[int, int]]] = {1: (1, 0), 2: (4, 0), 3: (0, 1), 4: (0, 3)}
SOLVED: Final[Mapping[int, tuple[int, int]]] = {1: (8, 0), 2: (0, 2), 3: (0, 5), 4: (0, 20)}
"""Hours and working days until the first answer and until a solution, by priority: assumptions of ours."""
SHARES: Final = (75, 100, 150)
"""At which percent of a time somebody above is told: the handler's lead, the state office, the country."""
_AT_ONCE: Final = 500
_WAITS: Final = "menunggu_pelapor"
_ENDED: Final = frozenset({"selesai", "tutup"})
_HOURS: Final = text(
    "SELECT state_code, since, opens, closes, weekend FROM ekasih.support_hours ORDER BY state_code, since"
)
_HOLIDAYS: Final = text("SELECT state_code, day FROM ekasih.support_holiday")
_DUE: Final = text("""
    SELECT k.id, k.place, k.priority, k.state, k.opened_at, k.first_answer_at, k.solved_at, k.version
    FROM ekasih.ticket AS k
    WHERE (k.clock_stale OR k.tell_at <= CAST(:now AS timestamptz)) AND k.id > :after
    ORDER BY k.id LIMIT :most
    FOR UPDATE OF k SKIP LOCKED
""")
_STEPS: Final = text("""
    SELECT s.ticket_id, s.from_state, s.to_state, s.at FROM ekasih.ticket_step AS s
    WHERE s.ticket_id = ANY (CAST(:tickets AS bigint[])) AND s.from_state <> s.to_state
    ORDER BY s.ticket_id, s.id
""")
_KEEP: Final = text("""
    SELECT ekasih.set_ticket_clock(:id, :version, :answer_due, :solve_due, :turn, :tell, :answered, :solved)
""")
_TELL: Final = text("SELECT ekasih.tell_above(:id, :measure, :percent, :reached)")
_CLOSE: Final = text("SELECT ekasih.close_tickets()")
_ERASE: Final = text("SELECT ekasih.erase_ticket_pictures()")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clock of a ticket is worked out from; ``steps`` are the changes of its state: when, and into which."""

    priority: int
    state: str
    opened_at: datetime
    first_answer_at: datetime | None
    solved_at: datetime | None
    steps: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """That a share of a time was over, and when."""

    measure: str
    percent: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock says: what is due when, what was done in time, who is to be told by now, and when again."""

    answer_due_at: datetime | None
    solve_due_at: datetime | None
    turn_at: datetime | None
    answered_in_time: bool | None
    solved_in_time: bool | None
    told: tuple[Told, ...]
    tell_at: datetime | None


def read_clock(calendar: Calendar, facts: Facts, now: datetime) -> Reading:
    """Read the clock of one ticket; a time in which the reporter is waited for, or nothing was open, does not count."""
    pauses = _pauses(facts.steps)
    measures = (
        ("jawapan", _budget(calendar, facts, ANSWERED), facts.first_answer_at),
        ("penyelesaian", _budget(calendar, facts, SOLVED), facts.solved_at),
    )
    due: list[datetime | None] = []
    in_time: list[bool | None] = []
    told: list[Told] = []
    ahead: list[datetime] = []
    turns: list[datetime] = []
    for measure, budget, done in measures:
        held = [pause for pause in pauses if done is None or pause[0] < done]
        end = ends(calendar, facts.opened_at, budget, held)
        due.append(end)
        in_time.append(None if done is None else end is None or done <= end)
        if done is not None or facts.state == "digabung":
            continue
        # while the reporter is waited for, what is shown is what it would be if the answer came now
        turns += [end or ends(calendar, facts.opened_at, budget, [(at, until or now) for at, until in held]) or now]
        for percent in SHARES:
            at = ends(calendar, facts.opened_at, budget * percent / 100, held)
            if at is not None and at <= now:
                told.append(Told(measure, percent, at))
            elif at is not None:
                ahead.append(at)
    return Reading(
        due[0], due[1], min(turns, default=None), in_time[0], in_time[1], tuple(told), min(ahead, default=None)
    )


def wind(connection: Connection, *, now: datetime | None = None) -> dict[str, int]:
    """Work out every clock that is stale or has come to a share of its time; how many, and how often one was told."""
    moment = now or datetime.now(MALAYSIA)
    calendar_of = calendars(connection)
    wound, told, after = 0, 0, 0
    while rows := connection.execute(_DUE, {"now": moment, "after": after, "most": _AT_ONCE}).all():
        steps = _steps(connection, [row.id for row in rows])
        for row in rows:
            told += _wind_one(connection, calendar_of(row.place), row, tuple(steps[row.id]), moment)
        wound, after = wound + len(rows), rows[-1].id
    return {"tickets": wound, "told": told}


def tidy(connection: Connection) -> dict[str, int]:
    """Close what was solved long enough ago, and let go the pictures of what was closed long ago."""
    return {
        "closed": int(connection.execute(_CLOSE).scalar_one()),
        "pictures": int(connection.execute(_ERASE).scalar_one()),
    }


def calendars(connection: Connection) -> Callable[[str], Calendar]:
    """What gives the calendar of a place: of its state, else of the federal offices."""
    hours: dict[str, list[Hours]] = defaultdict(list)
    for row in connection.execute(_HOURS):
        hours[row.state_code].append(Hours(row.since, row.opens, row.closes, frozenset(row.weekend)))
    holidays: dict[str, set[date]] = defaultdict(set)
    for row in connection.execute(_HOLIDAYS):
        holidays[row.state_code].add(row.day)

    def of(place: str) -> Calendar:
        state = place[:2]
        held = hours.get(state) or hours[FEDERAL]
        return Calendar(tuple(held), frozenset(holidays[FEDERAL] | holidays.get(state, set())))

    return of


def _wind_one(
    connection: Connection, calendar: Calendar, row: Row[Any], steps: tuple[tuple[datetime, str], ...], now: datetime
) -> int:
    facts = Facts(row.priority, row.state, row.opened_at, row.first_answer_at, row.solved_at, steps)
    found = read_clock(calendar, facts, now)
    values = {
        "id": row.id,
        "version": row.version,
        "answer_due": found.answer_due_at,
        "solve_due": found.solve_due_at,
        "turn": found.turn_at,
        "tell": found.tell_at,
        "answered": found.answered_in_time,
        "solved": found.solved_in_time,
    }
    connection.execute(_KEEP, values)
    return sum(
        bool(
            connection.scalar(_TELL, {"id": row.id, "measure": one.measure, "percent": one.percent, "reached": one.at})
        )
        for one in found.told
    )


def _steps(connection: Connection, tickets: Sequence[int]) -> dict[int, list[tuple[datetime, str]]]:
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for row in connection.execute(_STEPS, {"tickets": list(tickets)}):
        found[row.ticket_id].append((row.at, row.to_state))
    return found


def _budget(calendar: Calendar, facts: Facts, times: Mapping[int, tuple[int, int]]) -> timedelta:
    hours, days = times[facts.priority]
    return timedelta(hours=hours) + working_days(calendar, facts.opened_at.astimezone(MALAYSIA).date(), days)


def _pauses(steps: Sequence[tuple[datetime, str]]) -> list[Pause]:
    """The times in which the clock stood still: the reporter was waited for, or the ticket had ended for a while."""
    return list(_standing(steps))


def _standing(steps: Sequence[tuple[datetime, str]]) -> Iterator[Pause]:
    since: datetime | None = None
    for at, state in steps:
        stands = state == _WAITS or state in _ENDED
        if stands and since is None:
            since = at
        elif not stands and since is not None:
            yield since, at
            since = None
    if since is not None:
        yield since, None
