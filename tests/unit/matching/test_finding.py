"""On a register of which it is known who is in it twice, nearly all are found, and nearly nobody else."""

from __future__ import annotations

from registry.cleansing.finding import find_pairs, prepared
from registry.demo.truth import make
from registry.matching import model


def test_precision_and_recall_are_what_was_promised() -> None:
    truth = make(12_000, seed=20)
    pairs = find_pairs(truth.people)
    found = set(zip(pairs["person_a"], pairs["person_b"], strict=True))
    right = found & truth.pairs
    assert len(truth.pairs) > 300
    assert len(right) / len(found) >= 0.99
    assert len(right) / len(truth.pairs) >= 0.95


def test_the_same_register_has_the_same_pairs_with_the_same_scores() -> None:
    people = make(3_000, seed=3).people
    order = ["person_a", "person_b"]
    one, other = (find_pairs(people).sort_values(order).reset_index(drop=True) for _ in range(2))
    assert one.equals(other)


def test_two_members_of_one_household_are_never_a_pair() -> None:
    pairs = find_pairs(make(3_000, seed=4).people)
    assert (pairs["household_a"] != pairs["household_b"]).all()


def test_everything_that_is_said_of_a_pair_has_a_name() -> None:
    named = {level.reason for item in model.COMPARISONS for level in item.levels if level.reason}
    pairs = find_pairs(make(3_000, seed=5).people)
    told = {reason for reasons in pairs["reasons"] for reason in reasons}
    assert told
    assert told <= named


def test_what_is_not_known_is_no_key() -> None:
    people = make(50, seed=1).people.assign(name="", id_no=None, phone=None)
    assert prepared(people)["sound"].eq("").all()
    assert len(find_pairs(people)) == 0
