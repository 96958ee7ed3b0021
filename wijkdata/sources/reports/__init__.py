"""Single reports (meldingen) to counts per area, month and category: of a single report nothing is kept.

No id, text, place or picture of a report goes into a reading, a rejected row, a note or an error.
"""
