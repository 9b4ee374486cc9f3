"""(e) What a status check tells: registered, unknown and malformed numbers, by length, headers and time."""

from __future__ import annotations

import base64
import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import altcha
import requests
from scipy.stats import mannwhitneyu
from sqlalchemy import text

from bench.browser import served
from bench.results import Result, median, told
from portal import sending
from portal.deps import PortalDeps, portal_engine
from portal.factory import create_portal
from portal.proof import Prover
from registry.installation.settings import DATABASE, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Engine

    from bench.stage import Stage

KINDS: Final = ("registered", "unknown", "malformed")
LEAST_P: Final = 0.01
ALL: Final = 10_000
EACH: Final = 1_000
CLIENTS: Final = 50
_SEED: Final = 1
_PATH: Final = "/awam/semak"
_REFERENCE: Final = re.compile(rb"S(-[0-9A-Z]{4}){2}")
_CHANGING: Final = frozenset({"Date", "Keep-Alive"})
_NUMBERS: Final = text("""
    SELECT DISTINCT id_no FROM ekasih.person WHERE id_no ~ '^[0-9]{12}$' ORDER BY id_no LIMIT :most
""")
_UNLIMITED: Final = text("UPDATE ekasih.setting SET value = to_jsonb(most) WHERE key LIKE 'portal.forms%'")
_WIDER: Final = text("UPDATE ekasih.setting SET most = 10000000 WHERE key LIKE 'portal.forms%'")
_TOLD: Final = text("SELECT count(*) FROM ekasih.audit_log AS a WHERE a.source = 'portal' AND a::text ~ '[0-9]{12}'")


class Answer(NamedTuple):
    """What came back: status, the page but for its reference, headers but for the date, seconds."""

    status: int
    page: bytes
    headers: tuple[tuple[str, str], ...]
    seconds: float


def measure(stage: Stage, *, database: str) -> list[Result]:
    """Ask about every kind of number, in random order, on a copy of a register without limits on how much is asked."""
    engine = stage.copied(DATABASE, template=database)
    lift_limits(engine)
    with engine.begin() as connection:
        registered = list(connection.scalars(_NUMBERS, {"most": ALL // 2}))
    settings = Settings(home=stage.home)
    asked = _asked(registered)
    results = _alone(settings, asked)
    # most of an answer's time is the least time that it takes: as many threads as keep the clients busy
    with served(stage, threads=CLIENTS // 2) as address:
        results += _together(address, settings, asked)
    with engine.connect() as connection:
        left = connection.scalar(_TOLD)
    engine.dispose()
    return [
        *results,
        Result("Twelve digits in a row in what the audit keeps of the portal", str(left), goal="0", met=left == 0),
    ]


def lift_limits(engine: Engine) -> None:
    """Let anybody send as much as they like: it is not the limits that are measured."""
    with engine.begin() as connection:
        connection.execute(_WIDER)
        connection.execute(_UNLIMITED)


def _asked(registered: Sequence[str]) -> dict[str, list[str]]:
    """Numbers of each kind, as many as are asked about."""
    drawn = random.Random(_SEED)
    known = set(registered)
    unknown = [number for number in (_number(drawn) for _ in range(ALL)) if number not in known]
    malformed = ["".join(drawn.choices("0123456789-xyz /", k=drawn.randint(0, 30))) for _ in range(EACH)]
    return {"registered": list(registered), "unknown": unknown[: ALL // 2], "malformed": malformed}


def _number(drawn: random.Random) -> str:
    day = datetime(1950, 1, 1, tzinfo=UTC) + timedelta(days=drawn.randrange(18_000))
    return f"{day:%y%m%d}{drawn.randint(1, 16):02}{drawn.randrange(10_000):04}"


def cheap_proof(settings: Settings) -> Callable[[], str]:
    """Makes proofs without their work: a challenge of ours that the first try answers."""
    prover = Prover(settings.portal_key, cost=1, least=0, most=1)

    def made() -> str:
        challenge = altcha.Challenge.from_dict(prover.challenge(0))
        solution = altcha.solve_challenge(challenge)
        shown = {"challenge": challenge.to_dict(), "solution": solution.to_dict() if solution else {}}
        return base64.b64encode(json.dumps(shown).encode()).decode()

    return made


def form_of(number: str, proof: str) -> dict[str, str]:
    """The form of a question of status, filled in."""
    return {"identity": number, "telephone": "0123456789", "answer_by": "telefon", "district": "0803", "altcha": proof}


def _mixed(asked: Mapping[str, Sequence[str]], each: int) -> list[tuple[str, str]]:
    """So many numbers of each kind, in random order."""
    drawn = random.Random(_SEED)
    both = [(kind, number) for kind in KINDS for number in drawn.choices(asked[kind], k=each)]
    drawn.shuffle(both)
    return both


def _alone(settings: Settings, asked: Mapping[str, Sequence[str]]) -> list[Result]:
    """One after the other, within the process and without the least time: the work itself, and nothing to hide in."""
    engine = portal_engine(settings)
    client = create_portal(PortalDeps(settings, engine)).test_client()
    proof, kept = cheap_proof(settings), sending.LEAST_SECONDS
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    sending.LEAST_SECONDS = 0.0  # type: ignore[misc]
    try:
        for turn, (kind, number) in enumerate(_mixed(asked, EACH)):
            form = form_of(number, proof())
            began = time.perf_counter()
            client.post(_PATH, data=form).close()
            if turn >= CLIENTS:  # what the first ones wait for is no part
                taken[kind].append(time.perf_counter() - began)
    finally:
        sending.LEAST_SECONDS = kept  # type: ignore[misc]
        engine.dispose()
    return _compared("one by one, without the least time", taken)


def _together(address: str, settings: Settings, asked: Mapping[str, Sequence[str]]) -> list[Result]:
    """By fifty clients at once, as it is served."""
    proof = cheap_proof(settings)

    def ask(number: str) -> Answer:
        form = form_of(number, proof())
        began = time.perf_counter()
        came = requests.post(address + _PATH, data=form, headers={"Connection": "close"}, timeout=120)
        seconds = time.perf_counter() - began
        headers = tuple(sorted((name, value) for name, value in came.headers.items() if name not in _CHANGING))
        return Answer(came.status_code, _REFERENCE.sub(b"", came.content), headers, seconds)

    mixed = _mixed(asked, EACH)
    rest = [("", number) for kind in ("registered", "unknown") for number in asked[kind][EACH:]]
    with ThreadPoolExecutor(CLIENTS) as pool:
        timed = list(pool.map(ask, [number for _, number in mixed]))
        others = list(pool.map(ask, [number for _, number in rest]))
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for (kind, _), answer in zip(mixed[CLIENTS:], timed[CLIENTS:], strict=True):
        taken[kind].append(answer.seconds)
    every = [*timed, *others]
    alike = {(answer.status, answer.page, len(answer.page), answer.headers) for answer in every}
    said = f"Different answers to {len(every):,} questions about a number"
    return [Result(said, str(len(alike)), goal="1", met=len(alike) == 1), *_compared("fifty clients", taken)]


def _compared(how: str, taken: Mapping[str, Sequence[float]]) -> list[Result]:
    results = []
    for one, other in combinations(KINDS, 2):
        p = float(mannwhitneyu(taken[one], taken[other]).pvalue)
        told_medians = f"{told(median(taken[one]))} / {told(median(taken[other]))}"
        results.append(
            Result(
                f"Status check, {one} or {other}, {how}: Mann-Whitney p",
                f"{p:.3f}",
                told_medians,
                goal=f"> {LEAST_P}",
                met=p > LEAST_P,
            )
        )
    return results
