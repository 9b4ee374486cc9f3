"""The ids of the pages of status inquiries."""

from __future__ import annotations

from typing import Final

VIEW: Final = "inquiries-view"
TABS: Final = "inquiries-tabs"
LIST: Final = "inquiries-list"
STEP: Final = "inquiries-step"
DONE: Final = "inquiries-done"
MESSAGE: Final = "inquiries-message"

OFFICE: Final = "inquiries-office"
OFFICE_FIELD: Final = "inquiries-office-field"
OFFICE_FORM: Final = "inquiries-office-form"
OFFICE_SEEN: Final = "inquiries-office-seen"
OFFICE_SAVE: Final = "inquiries-office-save"
OFFICE_DONE: Final = "inquiries-office-done"
OFFICE_MESSAGE: Final = "inquiries-office-message"

HOUSEHOLD: Final = "inquiries-household"
CODE_LOADED: Final = "inquiries-code-loaded"
CODE_DONE: Final = "inquiries-code-done"
CODE_MESSAGE: Final = "inquiries-code-message"
CODE_CONTENT: Final = "inquiries-code-content"
CODE_MEMBER: Final = "inquiries-code-member"
CODE_WAY: Final = "inquiries-code-way"
CODE_MAIL: Final = "inquiries-code-mail"
CODE_MAKE: Final = "inquiries-code-make"
CODE_WITHDRAW: Final = "inquiries-code-withdraw"
CODE_SECRET: Final = "inquiries-code-secret"  # noqa: S105 - an id
