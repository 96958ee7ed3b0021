"""A publisher's file -> a tidy `Reading`. One module per publisher; what is shared stands in base.py and tables.py."""
