"""The ledger once more, in plain Python: an independent reading of the rule that the database is compared with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NOTHING = Decimal(0)
MOVES = {
    "peruntukan": ("SUMBER", "PERUNTUKAN"),
    "kurang": ("PERUNTUKAN", "SUMBER"),
    "waran": ("PERUNTUKAN", "WARAN"),
    "waran_pulang": ("WARAN", "PERUNTUKAN"),
    "tanggungan": ("WARAN", "TANGGUNGAN"),
    "lepas": ("TANGGUNGAN", "WARAN"),
}
LATE = ("lepas", "bayar", "sah", "gagal", "pulang", "batal")
ANSWERS = {"sah": "berjaya", "gagal": "gagal", "pulang": "dipulangkan"}

Key = tuple[int, str, str, str, str]
"""Year, programme, office, case and account; what an account does not have is empty."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command as it was given."""

    day: date
    name: str
    year: int
    programme: str
    office: str = ""
    case: str = ""
    amount: Decimal | None = None
    reference: str = ""
    original: str = ""


@dataclass
class Payment:
    """A payment that went out."""

    year: int
    programme: str
    office: str
    case: str
    amount: Decimal
    state: str = "dihantar"


@dataclass
class Posted:
    """An entry as it stands."""

    command: Command
    lines: list[tuple[Key, Decimal]]
    reversed: bool = False


@dataclass
class Model:
    """A whole ledger in memory."""

    entries: dict[str, Posted] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    balances: defaultdict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    closed: set[tuple[int, str]] = field(default_factory=set)

    def post(self, asked: Command) -> str | None:
        """Carry a command out; the code of the refusal, or nothing."""
        refused = self._refusal(asked)
        if refused:
            return refused
        lines = self._lines(asked)
        after = defaultdict(Decimal)
        for key, amount in lines:
            after[key] += amount
        if any(key[4] != "SUMBER" and self.balances[key] + amount < 0 for key, amount in after.items()):
            return "baki_tidak_cukup"
        for key, amount in lines:
            self.balances[key] += amount
        self.entries[asked.reference] = Posted(asked, lines)
        self._note(asked)
        return None

    def _refusal(self, asked: Command) -> str | None:
        bare = asked.name in {"tutup", "sah", "gagal", "pulang", "batal"}
        book = (asked.year, asked.programme)
        came_back = False
        if asked.name == "pulang" and book in self.closed:
            paid = self.payments.get(asked.original)
            came_back = paid is not None and (paid.year, paid.programme) == book and paid.state == "berjaya"
        if asked.reference in self.entries:
            return "rujukan_berulang"
        if not bare and (asked.amount is None or asked.amount <= 0):
            return "amaun_tidak_positif"
        if book in self.closed and not came_back:
            return "tahun_ditutup"
        if asked.name == "tutup":
            if asked.day.year <= asked.year:
                return "tahun_belum_tamat"
        elif not came_back and not self._of_its_year(asked):
            return "tahun_tidak_padan"
        return self._own_refusal(asked)

    @staticmethod
    def _of_its_year(asked: Command) -> bool:
        late = asked.name in LATE and asked.day.month == 1 and asked.year == asked.day.year - 1
        return asked.year == asked.day.year or late

    def _own_refusal(self, asked: Command) -> str | None:  # noqa: PLR0911 - one for each refusal
        book = (asked.year, asked.programme)
        if asked.name in ANSWERS:
            paid = self.payments.get(asked.original)
            if paid is None or (paid.year, paid.programme) != book:
                return "bayaran_tidak_dikenali"
            if paid.state != ("berjaya" if asked.name == "pulang" else "dihantar"):
                return "sudah_dijawab"
            return None if asked.amount == paid.amount else "amaun_tidak_sama"
        if asked.name == "batal":
            posted = self.entries.get(asked.original)
            if posted is None or (posted.command.year, posted.command.programme) != book:
                return "asal_tidak_ditemui"
            if posted.command.name not in MOVES:
                return "tidak_boleh_dibatalkan"
            return "sudah_dibatalkan" if posted.reversed else None
        if asked.name == "tutup" and any(
            key[:2] == book and key[4] == "DALAM_BAYARAN" and held for key, held in self.balances.items()
        ):
            return "dalam_bayaran_belum_selesai"
        return None

    def _lines(self, asked: Command) -> list[tuple[Key, Decimal]]:
        year, programme = asked.year, asked.programme
        if asked.name == "batal":
            return [(key, -amount) for key, amount in self.entries[asked.original].lines]
        if asked.name == "tutup":
            left = [
                (key, held)
                for key, held in self.balances.items()
                if key[:2] == (year, programme) and key[4] in {"PERUNTUKAN", "WARAN", "TANGGUNGAN"} and held
            ]
            lapsed = (year, programme, "", "", "LUPUT")
            return [(key, -held) for key, held in left] + [(lapsed, sum((held for _, held in left), NOTHING))]
        office, case, amount = asked.office, asked.case, asked.amount or NOTHING
        if asked.name in ANSWERS:
            paid = self.payments[asked.original]
            office, case = paid.office, paid.case
            if (year, programme) in self.closed:
                year = asked.day.year
        out, into = self._accounts(asked)
        return [
            (self._key(year, programme, office, case, name), sign * amount) for name, sign in ((out, -1), (into, 1))
        ]

    def _accounts(self, asked: Command) -> tuple[str, str]:
        if asked.name in MOVES:
            return MOVES[asked.name]
        if asked.name == "bayar":
            return "TANGGUNGAN", "DALAM_BAYARAN"
        if asked.name == "pulang":
            closed = (asked.year, asked.programme) in self.closed
            return ("SUMBER", "PULANGAN") if closed else ("BELANJA", "TANGGUNGAN")
        return "DALAM_BAYARAN", "BELANJA" if asked.name == "sah" else "TANGGUNGAN"

    @staticmethod
    def _key(year: int, programme: str, office: str, case: str, account: str) -> Key:
        if account in {"SUMBER", "PERUNTUKAN", "LUPUT", "PULANGAN"}:
            office = case = ""
        elif account == "WARAN":
            case = ""
        return year, programme, office, case, account

    def _note(self, asked: Command) -> None:
        if asked.name == "bayar":
            self.payments[asked.reference] = Payment(
                asked.year, asked.programme, asked.office, asked.case, asked.amount or NOTHING
            )
        elif asked.name in ANSWERS:
            self.payments[asked.original].state = ANSWERS[asked.name]
        elif asked.name == "batal":
            self.entries[asked.original].reversed = True
        elif asked.name == "tutup":
            self.closed.add((asked.year, asked.programme))
