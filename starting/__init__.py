"""What start.py does: the environment, the server, the tests. Standard library only."""
