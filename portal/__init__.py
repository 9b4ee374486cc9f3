"""What anybody may open without an account: plain pages that work without a script, under ``/awam``."""
