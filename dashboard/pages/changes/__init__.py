"""The worklist of requests for changes."""
