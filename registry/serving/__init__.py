"""The web server's side of a connection: requests come in whole, and answers go out, without holding a thread."""
