"""Releases of figures for the public: made by themselves, looked at here, approved or refused."""
