"""wijkdata: where a wijk stands, what people did there, and what changed beside what would have changed anyway."""

__version__ = "0.4.1"
