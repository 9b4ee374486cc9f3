"""What eKasih promises about speed, measured against the plainest way to do the same, side by side in one run."""
