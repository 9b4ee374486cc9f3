"""Pangkalan Ilmu: articles in versions, what is searched of them, what readers say of them, and a library of files."""
