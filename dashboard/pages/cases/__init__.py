"""Cases: the queue, one case with its steps, and the registration form on screen and on paper."""
