"""Many people commit at once: they wait for each other, none is turned away but for want of money."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from registry.errors import RegistryError
from registry.ledger.posting import first_difference, post_as_system
from tests.integration.ledger.conftest import balance, entry, funded

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

APPROVERS = 50


def at_once(engine: Engine, acts: int, act: Callable[[Connection, int], None]) -> Counter[str]:
    apart = create_engine(engine.url, poolclass=NullPool)

    def one(number: int) -> str:
        try:
            with apart.begin() as connection:
                act(connection, number)
        except RegistryError as refusal:
            return refusal.key
        return "done"

    with ThreadPoolExecutor(acts) as pool:
        return Counter(pool.map(one, range(acts)))


def test_fifty_approvers_commit_to_the_last_sen_and_no_further(books: Connection, owner_engine: Engine) -> None:
    funded(books, amount="1000.00")
    books.commit()

    def approve(connection: Connection, number: int) -> None:
        asked = entry("tanggungan", "30.00", office="BG", case_no=f"K-{number % 7}", reference=f"T-{number}")
        post_as_system(connection, asked)

    assert at_once(owner_engine, APPROVERS, approve) == {"done": 33, "baki_tidak_cukup": 17}
    assert (balance(books, "WARAN"), balance(books, "TANGGUNGAN")) == (10, 990)
    assert first_difference(books) is None


def test_who_posts_several_in_whatever_order_waits_and_is_not_struck_down(
    books: Connection, owner_engine: Engine
) -> None:
    funded(books, amount="1000.00")
    books.commit()

    def approve(connection: Connection, number: int) -> None:
        cases = ("K-1", "K-2", "K-3") if number % 2 else ("K-3", "K-2", "K-1")
        for case in cases:
            asked = entry("tanggungan", "1.00", office="BG", case_no=case, reference=f"T-{number}-{case}")
            post_as_system(connection, asked)

    assert at_once(owner_engine, 20, approve) == {"done": 20}
    assert balance(books, "TANGGUNGAN") == 60


def test_one_reference_and_one_reversal_stand_however_many_come_at_once(
    books: Connection, owner_engine: Engine
) -> None:
    funded(books)
    books.commit()

    def allocate(connection: Connection, _number: int) -> None:
        post_as_system(connection, entry("peruntukan", "5.00", reference="A-2"))

    def reverse(connection: Connection, number: int) -> None:
        post_as_system(connection, entry("batal", original="A-2", reference=f"R-{number}"))

    assert at_once(owner_engine, 10, allocate) == {"done": 1, "rujukan_berulang": 9}
    assert at_once(owner_engine, 10, reverse) == {"done": 1, "sudah_dibatalkan": 9}
    assert balance(books, "SUMBER") == -1000
