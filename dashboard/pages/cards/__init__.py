"""Identity cards: what an agency asks for, what the state office decides, and what a card's code opens."""
