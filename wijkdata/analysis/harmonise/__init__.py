"""Which area of one division is which area of another: overlap of borders, other evidence, and what may be converted."""
