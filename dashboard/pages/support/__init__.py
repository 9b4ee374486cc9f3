"""The pages of support: own tickets and the queue, a new one, one with its thread, the board, the calendars."""
