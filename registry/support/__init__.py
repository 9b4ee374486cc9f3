"""Support: tickets of users and of the public, their steps and times, and the calendars by which these are counted."""
