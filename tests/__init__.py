"""The tests, and what they share: a package, since an installed one brings another of this name."""
"""The tests; a package by file, since a library brings a package of the same name."""
