"""Tables that no publisher's reader knows, read by a recipe: what a person once said about where what stands.

`recipe.py` is the recipe and its file, `shape.py` the table that it is for, `places.py` codes and names of areas, `applying.py`
recipe and table to a Reading, `guess.py` a proposal for a table that nobody has seen.
"""
