"""What tiles of areas and of households share: their grid, their bounds, what they say of themselves."""

from __future__ import annotations

from typing import Any, Final

from pygeoapi.models.provider.base import TileMatrixSetEnum, TileSetMetadata
from pygeoapi.provider.base_mvt import BaseMVTProvider
from pygeoapi.provider.tile import ProviderTileNotFoundError, ProviderTilesetIdNotFoundError

GRID: Final = TileMatrixSetEnum.WEBMERCATORQUAD.value


class Tiles(BaseMVTProvider):  # type: ignore[misc]
    """Vector tiles on the web's grid."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.data}>"

    def get_tiling_schemes(self) -> list[Any]:
        """The grids there are: one."""
        return [GRID]

    def get_metadata(self, dataset: str, server_url: str, **about: Any) -> dict[str, Any]:
        """What the tiles are of."""
        return self._said(dataset=dataset, server_url=server_url, **about)

    def get_tiles_service(self, servicepath: str = "", **_asked: Any) -> dict[str, Any]:
        """Where the tiles are."""
        self._service_url = servicepath
        return {"links": [self._item(servicepath)]}

    def tile_of(self, tileset: object, z: object, x: object, y: object) -> tuple[int, int, int]:
        """The tile that is asked for: zoom, column, row.

        Raises:
            ProviderTilesetIdNotFoundError: there is no such grid.
            ProviderTileNotFoundError: there is no such tile in it, or none at this zoom.

        """
        if tileset != GRID.tileMatrixSet:
            raise ProviderTilesetIdNotFoundError(user_msg="no such tile matrix set")
        places = [str(number) for number in (z, x, y)]
        if not all(number.isascii() and number.isdigit() and len(number) <= 6 for number in places):  # noqa: PLR2004
            raise ProviderTileNotFoundError
        zoom, column, row = map(int, places)
        bounds = self.options["zoom"]
        if not bounds["min"] <= zoom <= bounds["max"] or max(column, row) >= 2**zoom:
            raise ProviderTileNotFoundError
        return zoom, column, row

    def _said(
        self, *, dataset: str, server_url: str, layer: str, tileset: str, **about: Any
    ) -> dict[str, Any]:
        if tileset != GRID.tileMatrixSet:
            raise ProviderTilesetIdNotFoundError(user_msg="no such tile matrix set")
        made = TileSetMetadata(
            title=about["title"],
            description=about["description"],
            crs=GRID.crs,
            tileMatrixSetURI=GRID.tileMatrixSetURI,
        )
        items = f"{server_url}/collections/{dataset}/tiles/{tileset}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f=mvt"
        found: dict[str, Any] = made.model_dump(exclude_none=True)
        grid = {
            "href": f"{server_url}/TileMatrixSets/{tileset}",
            "rel": "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
            "type": "application/json",
            "title": tileset,
        }
        found["links"] = [grid, {"href": items, "rel": "item", "type": self.mimetype, "title": layer}]
        return {**found, "minTileMatrix": self.options["zoom"]["min"], "maxTileMatrix": self.options["zoom"]["max"]}

    def _item(self, address: str) -> dict[str, str]:
        return {"type": self.mimetype, "rel": "item", "title": self.get_layer(), "href": address}
