"""The command line: a module per kind of command; `__main__` joins them."""
