"""What a row of a data frame is called in an annotation."""

from typing import Any, TypeAlias

# One row of `DataFrame.itertuples()`: its attributes are the columns of that frame, which no type can name.
FrameRow: TypeAlias = Any
