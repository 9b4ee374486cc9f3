"""Target groups: whom an agency means to help, counted before it is approved, frozen after."""
