"""Guessing passwords is slowed down, for the name that is guessed at and for the address it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.throttle import PER_ADDRESS, PER_NAME, WINDOW_SECONDS, Throttle


@dataclass
class Clock:
    """A clock that a test sets."""

    time: float = 1000.0

    def __call__(self) -> float:
        return self.time


def refused(throttle: Throttle, login: str, address: str, *, times: int) -> None:
    for _ in range(times):
        throttle.refused(login, address)


def test_the_first_tries_are_free() -> None:
    throttle = Throttle(now=Clock())
    refused(throttle, "pegawai", "10.0.0.1", times=PER_NAME - 1)
    assert throttle.wait_seconds("pegawai", "10.0.0.1") == 0


def test_a_name_refused_too_often_waits() -> None:
    throttle = Throttle(now=Clock())
    refused(throttle, "pegawai", "10.0.0.1", times=PER_NAME)
    assert throttle.wait_seconds("pegawai", "10.0.0.1") == WINDOW_SECONDS


def test_nobody_can_lock_out_a_name_from_elsewhere() -> None:
    throttle = Throttle(now=Clock())
    refused(throttle, "pegawai", "10.0.0.1", times=PER_NAME)
    assert throttle.wait_seconds("pegawai", "10.0.0.2") == 0


def test_an_address_that_tries_many_names_waits_for_all_of_them() -> None:
    throttle = Throttle(now=Clock())
    for number in range(PER_ADDRESS):
        throttle.refused(f"pegawai{number}", "10.0.0.1")
    assert throttle.wait_seconds("somebody.else", "10.0.0.1") > 0


def test_the_wait_ends() -> None:
    clock = Clock()
    throttle = Throttle(now=clock)
    refused(throttle, "pegawai", "10.0.0.1", times=PER_NAME)
    clock.time += WINDOW_SECONDS + 1
    assert throttle.wait_seconds("pegawai", "10.0.0.1") == 0


def test_signing_in_forgets_the_refusals_of_the_name() -> None:
    throttle = Throttle(now=Clock())
    refused(throttle, "pegawai", "10.0.0.1", times=PER_NAME - 1)
    throttle.accepted("pegawai", "10.0.0.1")
    throttle.refused("pegawai", "10.0.0.1")
    assert throttle.wait_seconds("pegawai", "10.0.0.1") == 0
