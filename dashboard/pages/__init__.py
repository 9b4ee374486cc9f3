"""The pages, a folder each; ``catalogue`` lists them."""
