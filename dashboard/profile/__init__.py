"""An area as one page tells of it: read once for its profile, for its sheet of paper, and beside other areas."""
