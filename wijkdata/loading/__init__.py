"""sources -> store: read files in with an account of every row; make the example."""
