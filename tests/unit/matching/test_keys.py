"""Numbers and addresses are compared in one form."""

from __future__ import annotations

from registry.matching.keys import address_key, near_numbers, telling_address_words


def test_an_address_is_alike_however_it_is_abbreviated() -> None:
    assert address_key("No. 12, Jln Melor", "Kg Baru") == address_key("12 JALAN MELOR, KAMPUNG BARU")
    assert address_key("Lot 012 Lrg 3") == address_key("12 Lorong 3")
    assert address_key(None) == ""


def test_the_slips_of_a_number_are_a_wrong_digit_or_two_that_changed_places() -> None:
    near = near_numbers("900101145567")
    assert near[0] == "900101145567"
    assert {"900101145568", "900101145576", "090101145567"} <= set(near)
    assert "111101145567" not in near
    assert len(near) == len(set(near))


def test_a_number_of_another_form_stands_alone() -> None:
    assert near_numbers("A1234567") == ("A1234567",)


def test_what_every_address_has_is_not_looked_up() -> None:
    assert telling_address_words("No. 012, Jln Kenanga, Kg Tersusun") == ("TERSUSUN", "KENANGA", "12")
