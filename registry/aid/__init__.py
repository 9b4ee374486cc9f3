"""What was given to whom: deliveries of agencies, lines of aid, what they meet and until when, double aid."""
