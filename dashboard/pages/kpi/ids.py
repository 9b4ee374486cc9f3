"""Ids of the KPI page."""

from __future__ import annotations

from typing import Final

VIEW: Final = "kpi-view"
BODY: Final = "kpi-body"
PROPOSE: Final = "kpi-propose"
PROPOSE_FIELD: Final = "kpi-propose-field"
PROPOSE_MESSAGE: Final = "kpi-propose-message"
PROPOSED: Final = "kpi-proposed"
DECIDE: Final = "kpi-decide"
DECIDE_ANSWER: Final = "kpi-decide-answer"
DECIDE_MESSAGE: Final = "kpi-decide-message"
DECIDED: Final = "kpi-decided"

DEFINED: Final = "kpi-defined"
DEFINE: Final = "kpi-define"
SEEN: Final = "kpi-define-seen"
FIELD: Final = "kpi-define-field"
TITLE: Final = "kpi-define-title"
SAID: Final = "kpi-define-said"
LOOK: Final = "kpi-define-look"
LOOKED: Final = "kpi-define-looked"
OUTCOME: Final = "kpi-define-outcome"
SAVE: Final = "kpi-define-save"
SAVED: Final = "kpi-define-saved"
MESSAGE: Final = "kpi-define-message"
VERSIONS: Final = "kpi-define-versions"
