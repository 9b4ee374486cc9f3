"""The fields that a condition may ask about, as data: component, whose, what values, and whether it is sensitive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from registry.households.rules import CHOICES

Kind = Literal["choice", "code", "number", "area", "aid"]
"""``choice``: answers of the census, others may occur; ``code``: these values and no other."""

YES, NO = "Ya", "Tidak"
HOUSEHOLD, HEAD, RECIPIENT, MEMBER = "isirumah", "kir", "penerima", "ahli"
WHO: Final = (HOUSEHOLD, HEAD, RECIPIENT, MEMBER)
IN, NOT_IN, EMPTY, BETWEEN, HAS, HAS_NOT = "dalam", "bukan_dalam", "kosong", "antara", "ada", "tiada"
COMPARISONS: Final = ("=", "<", "<=", ">", ">=")
_LISTS: Final = (IN, NOT_IN, "=", EMPTY)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``source`` is what the record calls it, ``spellings`` are values that mean one of ``values``."""

    name: str
    component: str
    kind: Kind
    source: str
    of_person: bool = False
    values: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    sensitive: bool = False
    whole: bool = False

    @property
    def operators(self) -> tuple[str, ...]:
        """What it can be asked."""
        if self.kind == "aid":
            return (HAS, HAS_NOT)
        return (IN, NOT_IN, *COMPARISONS, BETWEEN, EMPTY) if self.kind == "number" else _LISTS

    @property
    def who(self) -> tuple[str, ...]:
        """Of whom it can be asked."""
        return (HEAD, RECIPIENT, MEMBER) if self.of_person else (HOUSEHOLD,)


_YES_NO: Final = tuple(
    (spelling, answer)
    for answer, spellings in ((YES, "y yes 1 ada true benar"), (NO, "t no n 0 tiada false palsu"))
    for spelling in spellings.split()
)
_SEX: Final = (
    *((word, "Lelaki") for word in ("l", "male", "m")),
    *((word, "Perempuan") for word in ("p", "female", "f", "wanita")),
)
_STRATA: Final = (
    *((word, "Bandar") for word in ("b", "urban", "u")),
    *((word, "Luar Bandar") for word in ("luarbandar", "lb", "rural", "r", "luar_bandar")),
)


def _person(name: str, component: str, source: str, *, sensitive: bool = False) -> Field:
    return Field(name, component, "choice", source, of_person=True, values=CHOICES[source], sensitive=sensitive)


def _yes_no(name: str, component: str, source: str, *, of_person: bool = False) -> Field:
    return Field(name, component, "code", source, of_person=of_person, values=(YES, NO), spellings=_YES_NO)


def _house(name: str, source: str) -> Field:
    return Field(name, "kediaman", "choice", source, values=CHOICES[source])


FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field("umur", "peribadi", "number", "birth_date", of_person=True, whole=True),
        Field("jantina", "peribadi", "code", "sex", of_person=True, values=("Lelaki", "Perempuan"), spellings=_SEX),
        _person("taraf_kahwin", "peribadi", "marital_status"),
        _yes_no("warganegara", "peribadi", "citizen", of_person=True),
        _person("etnik", "peribadi", "ethnicity", sensitive=True),
        _person("agama", "peribadi", "religion", sensitive=True),
        Field("bil_ahli", "peribadi", "number", "member_count", whole=True),
        Field("negeri", "lokasi", "area", "state"),
        Field("daerah", "lokasi", "area", "district"),
        Field("mukim", "lokasi", "area", "mukim"),
        Field("strata", "lokasi", "code", "strata", values=("Bandar", "Luar Bandar"), spellings=_STRATA),
        Field("parlimen", "lokasi", "area", "parliament"),
        Field("dun", "lokasi", "area", "dun"),
        Field("kawasan", "lokasi", "area", "catchment"),
        Field("kaedah_titik", "lokasi", "code", "geom_method", values=("dibekalkan", "pegawai", "alamat")),
        _house("jenis_kediaman", "dwelling_type"),
        _house("pemilikan", "tenure"),
        _house("keadaan_rumah", "dwelling_condition"),
        Field("bil_bilik", "kediaman", "number", "room_count", whole=True),
        _house("tandas", "toilet"),
        _house("bekalan_air", "water_supply"),
        _yes_no("bekalan_elektrik", "kediaman", "electricity"),
        _yes_no("kutipan_sampah", "kediaman", "rubbish_collection"),
        _person("tahap_pendidikan", "pendidikan", "education_level"),
        _yes_no("bersekolah", "pendidikan", "in_school", of_person=True),
        _person("kemahiran", "pekerjaan", "skill"),
        _person("status_pekerjaan", "pekerjaan", "employment_status"),
        Field("kenderaan", "harta", "choice", "vehicle", values=CHOICES["vehicle"]),
        Field("tanah_ekar", "harta", "number", "land_acres"),
        _person("oku", "kesihatan", "disability", sensitive=True),
        _person("penyakit_kronik", "kesihatan", "chronic_illness", sensitive=True),
        Field("status", "pendapatan", "code", "status", values=("tegar", "miskin", "mudah_miskin", "terkeluar")),
        Field("pendapatan_isirumah", "pendapatan", "number", "income_rm"),
        Field("pendapatan_perkapita", "pendapatan", "number", "per_capita_rm"),
        Field("bantuan_berjalan", "bantuan", "aid", ""),
        Field("bantuan_pernah", "bantuan", "aid", ""),
    )
}
"""Every field by its name in files."""

COMPONENTS: Final = tuple(dict.fromkeys(field.component for field in FIELDS.values()))
AREA_FIELDS: Final = tuple(field.name for field in FIELDS.values() if field.kind == "area")
