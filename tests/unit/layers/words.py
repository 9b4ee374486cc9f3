"""Words for tests: the key itself, with what was filled in."""


def words(key: str, **values: object) -> str:
    """Return the key and its values, so that a test sees both."""
    filled = " ".join(f"{name}={value}" for name, value in values.items())
    return f"{key} {filled}".strip()
