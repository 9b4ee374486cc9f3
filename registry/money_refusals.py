"""What the database refuses of money: entries of the ledger, payments, payees."""

from __future__ import annotations

from typing import Final

from registry.errors import RegistryError


class ReferenceTaken(RegistryError):
    """An accepted entry has this reference already."""

    key = "rujukan_berulang"


class AmountNotPositive(RegistryError):
    """The amount is not above nothing."""

    key = "amaun_tidak_positif"


class LedgerYearClosed(RegistryError):
    """The year of the entry is closed; nothing enters it."""

    key = "tahun_ditutup"


class LedgerYearOther(RegistryError):
    """The day of the entry does not lie in the year that it names."""

    key = "tahun_tidak_padan"


class LedgerYearRunning(RegistryError):
    """The year is not over, so it is not closed."""

    key = "tahun_belum_tamat"


class PaymentUnknown(RegistryError):
    """There is no such payment in this year and programme."""

    key = "bayaran_tidak_dikenali"


class PaymentAnswered(RegistryError):
    """The payment was answered already."""

    key = "sudah_dijawab"


class AmountDiffers(RegistryError):
    """The amount is not that of the payment."""

    key = "amaun_tidak_sama"


class OriginalUnknown(RegistryError):
    """There is no such entry in this year and programme."""

    key = "asal_tidak_ditemui"


class NotReversible(RegistryError):
    """An entry of this kind is not reversed."""

    key = "tidak_boleh_dibatalkan"


class AlreadyReversed(RegistryError):
    """The entry was reversed already."""

    key = "sudah_dibatalkan"


class PaymentsUnanswered(RegistryError):
    """Payments of the year wait for their answers, so it is not closed."""

    key = "dalam_bayaran_belum_selesai"


class BalanceTooLow(RegistryError):
    """The account has less than the entry takes from it."""

    key = "baki_tidak_cukup"


class EntryIncomplete(RegistryError):
    """The entry lacks its day, reference, office or case, or is no command of a ledger."""

    key = "arahan_tidak_lengkap"


class ProgrammeUnknown(RegistryError):
    """There is no such programme."""

    key = "program_tidak_dikenali"


class LedgerKept(RegistryError):
    """Entries of the ledger are only added, and sum to nothing."""

    key = "lejar_dikunci"


class AccountNotVerified(RegistryError):
    """The account of a payee was not verified, or was changed since."""

    key = "akaun_belum_disahkan"


class PaymentPrepared(RegistryError):
    """A payment of the case is on another list that was not released yet."""

    key = "sudah_disenaraikan"


class ListReleased(RegistryError):
    """The list was released or called off already."""

    key = "senarai_sudah_dilepaskan"


MONEY_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK080": ReferenceTaken,
    "EK081": AmountNotPositive,
    "EK082": LedgerYearClosed,
    "EK083": LedgerYearOther,
    "EK084": LedgerYearRunning,
    "EK085": PaymentUnknown,
    "EK086": PaymentAnswered,
    "EK087": AmountDiffers,
    "EK088": OriginalUnknown,
    "EK089": NotReversible,
    "EK090": AlreadyReversed,
    "EK091": PaymentsUnanswered,
    "EK092": BalanceTooLow,
    "EK093": EntryIncomplete,
    "EK094": ProgrammeUnknown,
    "EK095": LedgerKept,
    "EK096": AccountNotVerified,
    "EK097": PaymentPrepared,
    "EK098": ListReleased,
}
"""By SQLSTATE."""
