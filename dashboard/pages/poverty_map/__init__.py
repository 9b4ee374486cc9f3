"""The map: areas coloured by a measure, the figures beside it, households where they may be seen."""
