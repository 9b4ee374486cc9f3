"""How far two writings of a name agree: what is the same is believed, what is near is looked at."""

from __future__ import annotations

import pytest

from registry.matching.agreement import Agreement, agreement


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mohd Ali bin Abu", "ABU MUHAMMAD ALI", Agreement.SAME),
        ("Noor Aini bt Abd Kadir", "Nur Aini binti Abdul Kadir", Agreement.SAME),
        ("Hj. Raju A/L Muthu", "RAJU MUTHU", Agreement.SAME),
        # a letter lost in typing makes a name that others have too
        ("Ali bin Saleh", "Ali bin Salleh", Agreement.NEAR),
        ("Fatima binti Abu", "Fatimah binti Abu", Agreement.NEAR),
        ("Ali bin Abu", "Ali bin Abu Bakar", Agreement.NEAR),
        ("Ail bin Abu", "Ali bin Abu", Agreement.NEAR),
        ("Alli bin Abuu", "Ali bin Abu", Agreement.NONE),
        ("Ali", "Ali bin Abu", Agreement.NONE),
    ],
)
def test_two_writings_of_a_name_are_the_same_near_or_of_two_persons(one: str, other: str, expected: Agreement) -> None:
    assert agreement(one, other) is expected
    assert agreement(other, one) is expected
