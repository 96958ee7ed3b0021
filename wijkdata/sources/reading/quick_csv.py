"""A large, regular CSV the quick way; what is irregular is left to the reader that can say what is wrong with it."""

from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

# Below this many characters the ordinary reader is quick enough.
FROM_CHARACTERS = 500_000


def whole_cells_quoted(text: str, separator: str) -> bool:
    """Whether every quote opens or closes a cell: then nobody can read the cells in another way."""
    opening = text.startswith('"') + text.count(f'{separator}"') + text.count('\n"')
    closing = text.endswith('"') + text.count(f'"{separator}') + text.count('"\n') + text.count('"\r')
    return opening == closing and opening + closing == text.count('"')


def frame(text: str, separator: str) -> pd.DataFrame | None:
    """Read a CSV of one width, its header on the first line: trimmed text per cell, index `row` as counted in the file.

    Each text of a column is kept once. None when the text is short, or has anything that asks for care: blank lines, quotes
    within quotes, rows of another width, a header without a name or with one twice.
    """
    if len(text) < FROM_CHARACTERS or not whole_cells_quoted(text, separator):
        return None
    lines = text.count("\n") + (not text.endswith("\n"))
    width = text[: text.find("\n")].count(separator) + 1  # or less, where it stands between quotes
    try:
        table = pa_csv.read_csv(
            BytesIO(text.encode("utf-8")),
            read_options=pa_csv.ReadOptions(block_size=1 << 24, autogenerate_column_names=True),
            parse_options=pa_csv.ParseOptions(delimiter=separator, ignore_empty_lines=False),
            convert_options=pa_csv.ConvertOptions(
                column_types={f"f{position}": pa.string() for position in range(width)}, strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, ValueError):
        return None
    if table.num_rows != lines or table.num_rows < 2:
        return None
    names = [str(column[0].as_py()).strip() for column in table.columns]
    if not all(names) or len(set(names)) < len(names):
        return None
    body = table.slice(1)
    if _has_empty_row(body):
        return None
    index = pd.RangeIndex(2, 2 + body.num_rows, name="row").astype("int64")
    return pd.DataFrame(
        {
            name: pd.Series(_cells(column), index=index, dtype=object)
            for name, column in zip(names, body.columns, strict=True)
        },
        index=index,
    )


def _has_empty_row(table: pa.Table) -> bool:
    rows = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        rows &= pc.equal(pc.utf8_trim_whitespace(column), "").to_numpy()
        if not rows.any():
            return False
    return True


def _cells(column: pa.ChunkedArray) -> object:
    texts = pc.dictionary_encode(pc.utf8_trim_whitespace(column)).combine_chunks()
    return texts.dictionary.to_numpy(zero_copy_only=False)[texts.indices.to_numpy()]
