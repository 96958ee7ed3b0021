"""Reports: one structure (`structure.py`), made by each screen in its own words, and a writer for every format."""
