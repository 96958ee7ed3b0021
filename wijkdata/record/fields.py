"""Every table and field of an activity and of a session, read from `data/activiteiten/*.toml`: the one place where a field is
described.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wijkdata.errors import CatalogueError
from wijkdata.settings import ACTIVITY_DIR
from wijkdata.validation_words import half_sentence

Kind = Literal[
    "text", "long", "code", "codes", "date", "year", "whole", "decimal", "money", "percent", "answer", "link",
    "area", "pillar", "indicator", "activity", "hidden_count",
]  # fmt: skip
# The activity itself, the tables under it (in the order of the screens), and what is no activity.
ACTIVITY, EVENT = "activity", "event"
CHILDREN = ("area", "pillar", "aim", "count", "group", "organisation", "outcome", "timeline", "relation")
# A session in a room, and the tables under it.
SESSION = "session"
SESSION_CHILDREN = ("figure", "note", "point", "agreement")
# What has a history of its own -> the tables under it.
CHILDREN_OF = {ACTIVITY: CHILDREN, EVENT: (), SESSION: SESSION_CHILDREN}
PARENT_OF = {child: parent for parent, children in CHILDREN_OF.items() for child in children}
YES, NO = "ja", "nee"


class FieldSpec(BaseModel):
    """One field: its column in the store, its Dutch label, and what it takes.

    words: the controlled list. most, least: limits of length or size. automatic: filled in by the program.
    help_on_empty: the help says what an empty number means, so no screen has to add it. since: the version of the store that
    has its column.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z_0-9]+$")
    label: str = Field(min_length=2)
    kind: Kind
    required: bool = False
    words: str = ""
    most: int | None = None
    least: int | None = None
    unit: str = ""
    default: str = ""
    heading: str = ""
    help: str = ""
    help_on_empty: bool = False
    automatic: bool = False
    since: int = 1


class TableSpec(BaseModel):
    """One table. key: the fields that may not occur twice within one record. since: the version of the store that has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    one: str
    explanation: str
    key: tuple[str, ...] = ()
    since: int = 1
    fields: tuple[FieldSpec, ...]

    def field(self, name: str) -> FieldSpec:
        """Return the field of this name; KeyError when there is none."""
        return {field.name: field for field in self.fields}[name]


@cache
def tables() -> dict[str, TableSpec]:
    """Read name -> table, in the order of the files. Raises CatalogueError naming file, table, field and what is allowed."""
    return _tables(ACTIVITY_DIR / "velden.toml") | _tables(ACTIVITY_DIR / "werksessie.toml")


def _tables(path: Path) -> dict[str, TableSpec]:
    known = {name: _table(path, name, entry) for name, entry in _toml(path).items()}
    for table in known.values():
        for field in table.fields:
            if field.words and field.words not in words():
                lists = ", ".join(words())
                raise CatalogueError(
                    f"{path.name}, {table.name}, {field.name}: de lijst ‘{field.words}’ bestaat niet; kies uit {lists}."
                )
    return known


@cache
def words() -> dict[str, dict[str, str]]:
    """Read list -> code -> the word on screen."""
    return _toml(ACTIVITY_DIR / "woorden.toml")


def word(field: FieldSpec, code: object) -> str:
    """Return the word of a code of this field; an unknown code stays as it is."""
    return words()[field.words].get(str(code), str(code))


def options(field: FieldSpec) -> dict[str, str]:
    """Return code -> word of a field with a controlled list."""
    return words()[field.words]


def _table(path: Path, name: str, entry: dict[str, Any]) -> TableSpec:
    try:
        return TableSpec(name=name, **entry)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        allowed = list(FieldSpec.model_fields if "fields" in problem["loc"] else TableSpec.model_fields)
        raise CatalogueError(f"{path.name}, {name}, {place}: {half_sentence(dict(problem), allowed)}.") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: het bestand kan niet worden gelezen ({error}); zet het terug.") from error
