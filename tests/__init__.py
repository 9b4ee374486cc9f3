"""The tests, and what they share: a package, since an installed one brings another of this name."""
