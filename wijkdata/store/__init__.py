"""The only SQL: monitor.* holds what publishers say, queries.py asks it."""
