"""The columns of a census delivery, file by file: which must be there, and which are understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One file of a delivery."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    needed: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is understood."""
        return self.required + self.optional


INCOMES = ("pendapatan_gaji", "pendapatan_sendiri", "pendapatan_harta", "pendapatan_pindahan")
HOUSEHOLDS = Table(
    "isirumah",
    required=("no_isirumah", "tarikh_banci", "negeri", "daerah", "strata"),
    optional=(
        *("mukim", "alamat", "kampung_taman", "poskod", "bandar", "latitud", "longitud"),
        *("jenis_kediaman", "pemilikan", "keadaan_rumah", "bil_bilik", "tandas", "bekalan_air", "bekalan_elektrik"),
        *("kutipan_sampah", "telefon", "kenderaan", "tanah_ekar", "pemberi_maklumat"),
    ),
)
PERSONS = Table(
    "ahli",
    required=("no_isirumah", "nama", "hubungan", *INCOMES),
    optional=(
        *("no_ahli", "no_kp", "jantina", "tarikh_lahir", "etnik", "agama", "taraf_kahwin", "warganegara"),
        *("tahap_pendidikan", "bersekolah", "kemahiran", "status_pekerjaan", "oku", "penyakit_kronik"),
    ),
)
AID = Table(
    "bantuan",
    required=("no_isirumah",),
    optional=("no_kp", "agensi", "program", "tarikh", "amaun", "kekerapan"),
    needed=False,
)
TABLES = (HOUSEHOLDS, PERSONS, AID)
REASON = "sebab"
"""The column that the download of rejected rows adds; it may come back and is passed over."""
