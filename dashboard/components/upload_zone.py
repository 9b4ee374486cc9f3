"""The place on a page where a file is chosen or dropped; assets/js/upload.js draws it and sends the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from words import Words

MB: Final = 1024 * 1024
_WORDS: Final = (
    "choose", "drop", "sending", "looking", "cancel", "cancelled", "away", "one_file", "session", "often",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Where files of one kind are sent.

    ``words`` names its own sentences: ``<words>_label``, ``<words>_limit``, ``<words>_too_large``. ``accept`` are the
    endings that are offered for choosing; what a file is called decides nothing. ``address`` takes the file, and the
    page of what was sent is ``<page>/<its number>``.
    """

    name: str
    words: str
    accept: str
    most_bytes: int
    address: str
    page: str

    @property
    def place(self) -> str:
        """The id of the element that it is drawn into."""
        return f"{self.name}-zone"

    def view(self, words: Words) -> Component:
        """The empty place with what it is drawn from."""
        texts = {name: words(f"upload.{name}") for name in _WORDS}
        texts |= {name: words(f"{self.words}_{name}", mb=self.most_bytes // MB) for name in ("label", "limit")}
        texts["too_large"] = words(f"{self.words}_too_large", mb=self.most_bytes // MB)
        shape = {
            "words": texts,
            "zone": self.place,
            "accept": self.accept,
            "most": self.most_bytes,
            "address": self.address,
            "page": self.page,
        }
        drawn = [dcc.Store(id=f"{self.place}-words", data=shape), dcc.Store(id=f"{self.place}-drawn")]
        return html.Div([*drawn, html.Div(id=self.place)])

    def register(self, app: Dash) -> None:
        """Let the script draw it."""
        app.clientside_callback(
            ClientsideFunction("ekasih_upload", "draw"),
            Output(f"{self.place}-drawn", "data"),
            Input(f"{self.place}-words", "data"),
        )


def size(count: int) -> str:
    """A file's size as people read it."""
    return f"{count / MB:,.1f} MB" if count >= MB // 10 else f"{max(1, round(count / 1024)):,} kB"
