"""Finds who a line of aid was given to: by number, file number, a number with a slip, or name and birth date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.matching.agreement import Agreement, agreement, is_slip
from registry.matching.keys import MYKAD_LENGTH, near_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from registry.aid.lines import Line

_CHUNK: Final = 20_000
_COLUMNS = """p.id, p.household_id, p.name, p.id_no, p.birth_date, p.is_head, h.file_no, h.district_code, h.state_code
    FROM ekasih.person AS p JOIN ekasih.household AS h ON h.id = p.household_id"""
_BY_NUMBER = text(f"SELECT {_COLUMNS} WHERE p.id_no = ANY (CAST(:asked AS text[]))")
_BY_FILE = text(f"SELECT {_COLUMNS} WHERE h.file_no = ANY (CAST(:asked AS text[]))")
_BY_BIRTH = text(f"SELECT {_COLUMNS} WHERE p.birth_date = ANY (CAST(:asked AS date[]))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register, with the household."""

    id: int
    household_id: int
    name: str
    id_no: str | None
    birth_date: date | None
    is_head: bool
    file_no: str
    district_code: str
    state_code: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who a line was given to; or why nobody was found, and whether it waits for an officer (``held``) or goes back.

    ``nearest`` is somebody of the household that a held line is most likely about: its district settles it.
    """

    person: Candidate | None = None
    problem: str | None = None
    held: bool = False
    warnings: tuple[str, ...] = ()
    nearest: Candidate | None = None


@dataclass(slots=True)
class Register:
    """The persons that lines may be about, by what they are looked up by."""

    by_number: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    by_file: dict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[date, list[Candidate]] = field(default_factory=lambda: defaultdict(list))

    def usable(self, line: Line) -> bool:
        """Whether an identity number can be looked up: it has 12 digits, or is one of the register."""
        number = line.id_no
        return (len(number) == MYKAD_LENGTH and number.isascii() and number.isdigit()) or number in self.by_number


def look_up(connection: Connection, lines: Iterable[Line]) -> Register:
    """Read the persons that these lines may be about, a few statements for all of them."""
    register = Register()
    asked = list(lines)
    for row in _rows(connection, _BY_NUMBER, {line.id_no for line in asked if line.id_no}):
        register.by_number[row.id_no or ""].append(row)
    for row in _rows(connection, _BY_FILE, {line.file_no for line in asked if line.file_no}):
        register.by_file[row.file_no].append(row)
    open_ = [line for line in asked if line.id_no not in register.by_number and line.file_no not in register.by_file]
    slips = {near for line in open_ if line.name and register.usable(line) for near in near_numbers(line.id_no)}
    for row in _rows(connection, _BY_NUMBER, slips - register.by_number.keys()):
        register.by_number[row.id_no or ""].append(row)
    for row in _rows(connection, _BY_BIRTH, {line.birth_date for line in open_ if line.name and line.birth_date}):
        if row.birth_date:
            register.by_birth[row.birth_date].append(row)
    return register


def identifies(line: Line, register: Register) -> bool:
    """Whether a line says at all who it is about."""
    return bool((line.id_no and register.usable(line)) or line.file_no or (line.name and line.birth_date))


def recipient(line: Line, register: Register) -> Found:
    """Who a line was given to: the first of the ways that leads to somebody decides."""
    warnings: list[str] = []
    number = line.id_no if register.usable(line) else ""
    if line.id_no and not number:
        warnings.append("no_kp_tidak_sah")
    members = register.by_file.get(line.file_no, []) if line.file_no else []
    if line.file_no and not members:
        warnings.append("no_fail_tidak_dikenali")
    if number in register.by_number:
        found = _by_number(line, register.by_number[number], members)
    elif members:
        found = _by_file(line, number, members)
    else:
        found = _by_slip(line, number, register) or _by_birth(line, number, register)
    if found.person is None:
        return found
    if line.name and agreement(line.name, found.person.name) is Agreement.NEAR:
        warnings.append("nama_berbeza")
    if line.birth_date and line.birth_date != found.person.birth_date:
        warnings.append("tarikh_lahir_tidak_padan")
    return Found(found.person, warnings=(*warnings, *found.warnings))


def _by_number(line: Line, persons: Sequence[Candidate], members: Sequence[Candidate]) -> Found:
    if members:
        persons_there = [p for p in persons if p.household_id == members[0].household_id]
        if not persons_there:
            return Found(problem="kunci_bercanggah", held=True, nearest=persons[0])
        persons = persons_there
    if line.name:
        agreeing = [p for p in persons if agreement(line.name, p.name)]
        if not agreeing:
            return Found(problem="nama_tidak_padan", held=True, nearest=persons[0])
        persons = agreeing
    if len(persons) > 1:
        return Found(problem="lebih_satu_padanan", held=True, nearest=persons[0])
    return Found(persons[0])


def _by_file(line: Line, number: str, members: Sequence[Candidate]) -> Found:
    warnings = ("dipadan_no_fail", "no_kp_berbeza") if number else ("dipadan_no_fail",)
    if line.name:
        agreeing = [p for p in members if agreement(line.name, p.name)]
        if len(agreeing) > 1:
            born = [p for p in agreeing if line.birth_date and p.birth_date == line.birth_date]
            if len(born) != 1:
                return Found(problem="lebih_satu_padanan", held=True, nearest=members[0])
            agreeing = born
        if not agreeing:
            return Found(problem="nama_tidak_padan", held=True, nearest=members[0])
        return Found(agreeing[0], warnings=warnings)
    if number:
        slipped = [p for p in members if p.id_no and is_slip(number, p.id_no)]
        if len(slipped) != 1:
            return Found(problem="kunci_bercanggah", held=True, nearest=members[0])
        return Found(slipped[0], warnings=warnings)
    return Found(next((p for p in members if p.is_head), members[0]), warnings=warnings)


def _by_slip(line: Line, number: str, register: Register) -> Found | None:
    if not number or not line.name:
        return None
    near = [p for n in near_numbers(number)[1:] for p in register.by_number.get(n, ())]
    near = [p for p in near if agreement(line.name, p.name)]
    if not near:
        return None
    if len(near) > 1:
        return Found(problem="lebih_satu_padanan", held=True, nearest=near[0])
    if line.birth_date is None or line.birth_date != near[0].birth_date:
        return Found(problem="padanan_lemah", held=True, nearest=near[0])
    return Found(near[0], warnings=("no_kp_dibetulkan",))


def _by_birth(line: Line, number: str, register: Register) -> Found:
    if not line.name or line.birth_date is None:
        return Found(problem="penerima_tidak_ditemui")
    how = [(p, agreement(line.name, p.name)) for p in register.by_birth.get(line.birth_date, ())]
    same = [p for p, a in how if a is Agreement.SAME]
    near = [p for p, a in how if a is Agreement.NEAR]
    some = same or near
    if not some:
        return Found(problem="penerima_tidak_ditemui")
    if len(some) > 1:
        return Found(problem="lebih_satu_padanan", held=True, nearest=some[0])
    if not same or number:
        return Found(problem="padanan_lemah", held=True, nearest=some[0])
    return Found(some[0], warnings=("dipadan_nama",))


def _rows(connection: Connection, statement: object, asked: set[object] | set[str] | set[date]) -> Iterable[Candidate]:
    keys = sorted(asked)  # type: ignore[type-var]
    for begin in range(0, len(keys), _CHUNK):
        for row in connection.execute(statement, {"asked": keys[begin : begin + _CHUNK]}):  # type: ignore[call-overload]
            yield Candidate(*row)
