"""What programs of agencies ask: OpenAPI, keys and tokens, one program's errors in one form; no page, no session."""
