"""Fetching from the services of publishers, when somebody asks for it: whole files, or nothing."""
