"""What people keep of the pages they look at: views under a name, what is shown one after the other, notes on areas."""
