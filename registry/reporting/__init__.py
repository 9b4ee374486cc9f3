"""Reports: composed from closed months, set as documents, kept as editions that can be made again to the same bytes."""
