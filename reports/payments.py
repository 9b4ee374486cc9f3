"""A list of payments as the file that goes out, and the answers that came back wrong, to be corrected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from registry.ledger.answers import COLUMNS as ANSWER_COLUMNS
from reports.spreadsheet import csv_file, workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.row_types.ledger import PaymentRow, RejectedAnswerRow
    from reports.spreadsheet import Cell
    from words import Words

COLUMNS: Final = (
    "no_senarai", "no_bayaran", "tarikh_senarai", "kod_program", "pejabat", "no_permohonan", "nama_penerima", "no_kp",
    "kod_bank", "no_akaun", "amaun", "catatan",
)  # fmt: skip
"""The columns of a list of payments, in the order of the layout."""
TOTAL: Final = "JUMLAH"


def payments_file(kind: str, payments: Sequence[PaymentRow]) -> str | bytes:
    """The list as CSV or XLSX: a row for each payment that is on it, and one with how many and how much."""
    held = [paid for paid in payments if paid["state"] != "dibatalkan"]
    rows: list[list[Cell]] = [
        [
            paid["list_number"],
            paid["number"],
            paid["listed_on"],
            paid["programme"],
            paid["office"],
            paid["case_no"],
            paid["payee_name"] or "",
            paid["id_no"] or "",
            paid["bank_code"] or "",
            paid["account_no"] or "",
            _sen(paid["amount"]),
            paid["note"],
        ]
        for paid in held
    ]
    total = _sen(sum((paid["amount"] for paid in held), Decimal(0)))
    rows.append([TOTAL, str(len(held)), *[""] * 8, total, ""])
    return csv_file(COLUMNS, rows) if kind == "csv" else workbook("senarai_bayaran", COLUMNS, rows, amounts="0.00")


def rejected_file(rows: Sequence[RejectedAnswerRow], words: Words) -> str:
    """Answers that were rejected or are held, as they were written, with why."""
    written: list[list[Cell]] = [
        [
            row["list_number"],
            row["number"],
            row["status"],
            row["processed"],
            row["amount"],
            row["bank_reference"],
            f"{row['result']}: {words('answer.' + row['result'])}",
        ]
        for row in rows
    ]
    return csv_file(ANSWER_COLUMNS, written)


def _sen(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))
