"""The record of an activity: its fields, how a typed value is read, what may not be stored, when an aim is frozen."""
