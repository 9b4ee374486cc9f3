"""What was sent cannot be taken: by its form, or for a character in it."""

from __future__ import annotations

from registry.errors import RegistryError


class NotUnderstood(RegistryError):
    """What was sent has not the form of what is asked for here."""

    key = "not_understood"


class UnusableText(NotUnderstood):
    """A text holds a character that no record can keep: a null character, or half of one."""

    key = "unusable_text"
