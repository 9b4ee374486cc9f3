"""The pages of Pangkalan Ilmu: the shelf with its search, one article, its versions, writing, and what waits."""
