"""The declarative base: one schema, one naming convention for constraints."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

from registry.db import SCHEMA

NAMING = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """Every table of the register."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {Any: JSONB, dict[str, Any]: JSONB}
    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)
