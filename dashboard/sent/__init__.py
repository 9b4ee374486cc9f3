"""What browsers send: read once, with bounds, before anything else looks at it."""
