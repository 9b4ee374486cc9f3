"""The open geographic service under ``/ogc``: OGC API Features and Tiles, read as the person who asks."""
