"""What runs the product on a machine: settings, database cluster, set-up, checks."""
