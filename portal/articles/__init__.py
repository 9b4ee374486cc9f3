"""Pangkalan Ilmu for the public: articles, files, and which aid there is for whom."""
