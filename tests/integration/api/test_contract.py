"""The document says what the routes do: whatever is made from it, right or wrong, gets an answer that it names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks
from sqlalchemy import text

from api import needs_met, programmes
from api.factory import ROOT

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

    from tests.integration.api.conftest import Programs

EXAMPLES: Final = int(os.environ.get("EKASIH_API_EXAMPLES", "6"))
"""How many requests are made of each operation and kind; a long run by hand takes some hundreds."""
CHECKS: Final = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
# words that stand in the register and in no answer to the first agency
_SECRET: Final = "Rahsiaqx"


def operations(programs: Programs) -> list[APIOperation]:
    """Every operation of the document."""
    schema = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", programs.app)
    return [result.ok() for result in schema.get_all_operations()]


@pytest.fixture
def asked(programs: Programs) -> Programs:
    """As many calls as it takes, and another agency's words that no answer may tell."""
    with programs.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.setting SET value = '10000' WHERE key = 'api.per_minute'"))
        owner.execute(text("UPDATE ekasih.setting SET value = '1000' WHERE key = 'checking.per_minute'"))
        owner.execute(text("UPDATE ekasih.agency SET name_ms = :word WHERE code = 'DUA'"), {"word": _SECRET})
        owner.execute(text("UPDATE ekasih.person SET name = :word"), {"word": _SECRET})
        owner.execute(text("UPDATE ekasih.household SET head_name = :word"), {"word": _SECRET})
    return programs


def faults_of(asked: Programs, mode: GenerationMode) -> list[str]:
    """What answers to requests of a kind are not as the document says, or tell what they may not."""
    token, faults, answers = asked.token("SATU"), [], 0
    for operation in operations(asked):

        @hypothesis.settings(
            max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            nonlocal answers
            answer = case.call(headers=_credentials(case, token))
            answers += 1
            try:
                case.validate_response(answer, checks=CHECKS)
            except (AssertionError, BaseExceptionGroup) as fault:
                faults.append(f"{case.operation.label} {answer.status_code}: {fault} {_why(fault)}"[:2_000])
            if _SECRET in answer.text:
                faults.append(f"{case.operation.label} tells {_SECRET}")

        try:
            ask()
        except Unsatisfiable:  # there is no wrong way to ask: all that it takes is a text
            assert mode is GenerationMode.NEGATIVE
    assert answers > 20
    return faults


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_made_from_the_document_gets_an_answer_that_it_names(asked: Programs, mode: GenerationMode) -> None:
    assert faults_of(asked, mode) == []


def test_an_address_that_fails_and_one_that_tells_too_much_are_found(
    asked: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"code": _SECRET, "programme_ms": "", "programme_en": "", "state": "", "kinds": [], "has_ledger": False}
    monkeypatch.setattr(programmes.queries, "own", lambda *_, **__: [{**told, "valid_from": None, "valid_until": None}])
    monkeypatch.setattr(needs_met, "need_met", lambda *_, **__: 1 / 0)
    found = "\n".join(faults_of(asked, GenerationMode.POSITIVE))
    assert f"GET {ROOT}/programmes tells {_SECRET}" in found
    assert f"POST {ROOT}/needs-met 500" in found


def test_the_document_is_openapi_3_1_and_states_scopes_errors_and_an_id_for_each_operation(programs: Programs) -> None:
    told = programs.get("/openapi.json").get_json()
    assert told["openapi"].startswith("3.1")
    for path, methods in told["paths"].items():
        for operation in methods.values():
            assert operation["operationId"], path
            assert operation["summary"], path
            if "/oauth/" not in path:
                ((scope,),) = [next(iter(one.values())) for one in operation["security"]]
                flows = told["components"]["securitySchemes"]["klien"]["flows"]["clientCredentials"]
                assert scope in flows["scopes"]
                assert {"401", "403", "429"} <= set(operation["responses"])
                assert "application/problem+json" in operation["responses"]["401"]["content"]


def _credentials(case: Case, token: str) -> dict[str, str]:
    if "/oauth/" in case.operation.path:
        return {}
    return {"Authorization": f"Bearer {token}"}


def _why(fault: Any) -> str:
    return "; ".join(str(one) for one in getattr(fault, "exceptions", ()))
