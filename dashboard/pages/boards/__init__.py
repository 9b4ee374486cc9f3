"""The boards: one page each for the minister, a state and a district, as a link, a picture and a sheet of paper."""
