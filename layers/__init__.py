"""Frames in, map layers and figures out: one value of classes, colours, legend and source for every renderer."""
