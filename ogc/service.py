"""pygeoapi as we serve it: made for each request of who asks, JSON alone, and no link to what we do not serve."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

import pygeoapi.api
from pygeoapi import l10n
from pygeoapi.api import API, APIRequest, itemtypes, tiles
from pygeoapi.util import json_serial

from ogc.collections import resources
from ogc.deps import asked_language, asked_words, base_url

if TYPE_CHECKING:
    from flask import Request

_LOCALES: Final = {"ms": "ms-MY", "en": "en-US"}
_NOT_SERVED: Final = ("text/html", "application/ld+json")
_NOT_OURS: Final = ("/processes", "/jobs", "?f=html", "?f=jsonld")
# what is asked for stands in its messages, which would be input in the log
logging.getLogger("pygeoapi").setLevel(logging.CRITICAL + 1)


class Service(API):  # type: ignore[misc]
    """pygeoapi over the collections of who asks. Its own beginning is left out: it sets up logging and plugins."""

    def __init__(self) -> None:  # the parent's begins loggers and process managers, which we do not have
        words = asked_words()
        self.base_url = base_url()
        self.openapi: dict[str, Any] = {}
        self.api_headers: dict[str, str] = {}
        self.pretty_print = False
        self.locales = [l10n.str2locale(name) for name in _LOCALES.values()]
        self.default_locale = self.locales[0]
        about = {"title": words("ogc.title"), "description": words("ogc.lead"), "keywords": ["eKasih"]}
        self.config = {
            "server": {
                "url": self.base_url,
                "limits": {"default_items": 100, "max_items": 1000, "on_exceed": "throttle"},
            },
            "metadata": {"identification": {**about, "url": self.base_url}},
            "resources": resources(words, self.base_url),
        }
        self.tpl_config = self.config


class Asked(APIRequest):  # type: ignore[misc]
    """A request as pygeoapi reads it: for JSON, or for a tile, whatever a browser says that it takes."""

    def __init__(self, request: Request, form: str) -> None:
        self._form = form
        super().__init__(request, [l10n.str2locale(name) for name in _LOCALES.values()])
        self._raw_locale = _LOCALES[asked_language()]
        self._locale = l10n.str2locale(self._raw_locale)

    def _get_format(self, headers: Any) -> str:  # noqa: ARG002 - as it is called
        return self._form


def told(answer: Any, pretty: Any = None) -> str:  # noqa: ARG001 - as it is called
    """An answer as JSON, without links to pages and processes that there are none of."""
    return json.dumps(_ours(answer), default=json_serial, ensure_ascii=False, separators=(",", ":"))


def _ours(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    kept = {**answer}
    if "links" in kept:
        kept["links"] = [link for link in kept["links"] if _is_served(link)]
    for name in ("collections", "tilesets", "tileMatrixSets"):
        if isinstance(kept.get(name), list):
            kept[name] = [_ours(one) for one in kept[name]]
    return kept


def _is_served(link: Any) -> bool:
    address = str(link.get("href", ""))
    return link.get("type") not in _NOT_SERVED and not address.endswith(_NOT_OURS) and "?offset=" not in address


# the one place at which every answer of theirs becomes text
for _module in (pygeoapi.api, itemtypes, tiles):
    _module.to_json = told
