"""wijkdata: how a wijk is doing, what people did there, and what changed compared with what would have changed anyway."""

__version__ = "0.8.0"
