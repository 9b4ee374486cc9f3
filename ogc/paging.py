"""Pages of features: as many as asked for, and a link that begins after the last of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import request
from pygeoapi.provider.base import ProviderInvalidQueryError

from ogc.deps import base_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from queries.open_data import Box

AFTER: Final = "after"
_FARTHEST: Final = 1000.0
_CORNERS: Final = 4


def next_link(collection: str, last: object) -> dict[str, str]:
    """The link to the page after the feature with the key ``last``, which asks for the same otherwise."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != AFTER]
    query = urlencode([*kept, (AFTER, str(last))])
    href = f"{base_url()}/collections/{collection}/items?{query}"
    return {"type": "application/geo+json", "rel": "next", "title": "next", "href": href}


def box_of(bbox: Sequence[float]) -> Box | None:
    """West, south, east and north; none where nothing was asked.

    Raises:
        ProviderInvalidQueryError: it is no box on the earth.

    """
    if not bbox:
        return None
    west, south, east, north = bbox if len(bbox) == _CORNERS else (bbox[0], bbox[1], bbox[3], bbox[4])
    if not all(math.isfinite(edge) and abs(edge) <= _FARTHEST for edge in (west, south, east, north)) or west > east:
        raise ProviderInvalidQueryError(user_msg="bbox is west, south, east, north in degrees")
    return west, south, east, north


def chosen(facts: Mapping[str, Any], properties: Sequence[str]) -> dict[str, Any]:
    """The fields that were asked for; all of them where none was."""
    return {name: value for name, value in facts.items() if not properties or name in properties}


def given(properties: Sequence[tuple[str, str]], offered: Sequence[str]) -> dict[str, str]:
    """What the address says beside the service's own words: fields with their values, and where the page begins.

    Raises:
        ProviderInvalidQueryError: it says something that is not offered.

    """
    found = dict(properties)
    if len(found) != len(properties) or not found.keys() <= {*offered, AFTER}:
        raise ProviderInvalidQueryError(user_msg="the address has a parameter that is not offered here")
    return found
