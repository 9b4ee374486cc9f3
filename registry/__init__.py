"""The register: what is written, and everything that acts, by subject."""

# rows of one subject refer to those of others: whoever uses one table needs all to be known
from registry import tables as tables
