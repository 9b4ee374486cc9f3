"""A table of rows that the server gives a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_ag_grid as dag
from dash import ClientsideFunction, Dash, Input, Output, html

from dashboard.components.columns import columns_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from words import Words

_WORDS: Final = {
    "page": "page",
    "to": "to",
    "of": "of",
    "firstPage": "first",
    "previousPage": "previous",
    "nextPage": "next",
    "lastPage": "last",
    "loadingOoo": "loading",
    "noRowsToShow": "none",
    "ariaPageSizeSelectorLabel": "page_size",
}


def paged_grid(
    name: str, columns: Sequence[dict[str, Any]], words: Words, *, page_rows: int, ticks: bool = False
) -> Component:
    """The empty table, and above it which of its columns are shown; a callback answers its ``getRowsRequest``.

    ``columns`` are those of AG Grid; one that cannot be sorted by says so. All but the first may be left out. With
    ``ticks`` each row has a box; those that are ticked are its ``selectedRows``, known by their ``id``.
    """
    ticked: dict[str, Any] = {"getRowId": "params.data.id"} if ticks else {}
    grid: Component = dag.AgGrid(
        id=name,
        rowModelType="infinite",
        columnDefs=list(columns),
        defaultColDef={
            "sortable": True,
            "unSortIcon": True,
            "sortingOrder": ["asc", "desc", None],
            "resizable": False,
            "suppressMovable": True,
            "suppressHeaderMenuButton": True,
        },
        dashGridOptions={
            "cacheBlockSize": page_rows,
            # a request that was refused, or that another one overtook, is never answered, and would hold its place
            "maxConcurrentDatasourceRequests": -1,
            "pagination": True,
            "paginationPageSize": page_rows,
            "paginationPageSizeSelector": False,
            "domLayout": "autoHeight",
            "rowHeight": 64,
            "headerHeight": 40,
            **(_boxes(words) if ticks else {}),
            "suppressMultiSort": True,
            "localeText": {name: words(f"grid.{key}") for name, key in _WORDS.items()},
        },
        columnSize=None,
        className="ag-theme-quartz ek-grid",
        style={"height": None},
        dangerously_allow_code=False,
        **ticked,
    )
    return html.Div([columns_box(words, **{"data-ek-columns": name}), grid], className="ek-grid-box")


def keep_ticked(app: Dash, name: str, store: str) -> None:
    """Keep the numbers of the ticked rows of a table in ``store``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_grid", "ticked"), Output(store, "data"), Input(name, "selectedRows")
    )


def _boxes(words: Words) -> dict[str, Any]:
    """A box in each row, under a head that says what it is for."""
    selection = {"mode": "multiRow", "checkboxes": True, "headerCheckbox": False, "enableClickSelection": False}
    return {
        "rowSelection": selection,
        "selectionColumnDef": {"headerName": words("list.tick"), "width": 76, "sortable": False, "resizable": False},
    }
