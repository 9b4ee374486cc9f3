"""Who may sign in, with which rights, and the sessions they hold."""
