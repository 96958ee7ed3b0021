"""A wrong field of a TOML file as a Dutch half-sentence: what is wrong and what is allowed."""

from typing import Any

# What a field takes, by the kind of validation problem (pydantic) or its first word.
_ALLOWED = {
    "string_too_short": "schrijf minstens {min_length} tekens",
    "string_too_long": "schrijf hoogstens {max_length} tekens",
    "string_type": "schrijf tekst tussen aanhalingstekens",
    "greater_than_equal": "kies een getal vanaf {ge}",
    "less_than_equal": "kies een getal tot en met {le}",
    "bool": "schrijf true of false",
    "int": "schrijf een geheel getal",
    "float": "schrijf een getal",
    "tuple_type": "schrijf een lijst tussen rechte haken",
    "too_long": "schrijf hoogstens {max_length} waarden",
    "dict": "schrijf een tabel tussen accolades",
    "model": "schrijf een tabel tussen accolades",
    "string_pattern_mismatch": "gebruik kleine letters, cijfers en _",
}


# Longer names and values are not shown to the end: a file may hold anything.
_SHOWN = 60


def field_and_problem(problem: dict[str, Any], fields: list[str]) -> str:
    """Write one validation problem: the field and what is wrong with it, or a rule of our own, which names its fields."""
    own = problem.get("ctx", {}).get("error")
    if own is not None:
        return str(own)
    field = ", ".join(f"nummer {part + 1}" if isinstance(part, int) else str(part)[:_SHOWN] for part in problem["loc"])
    return f"veld {field}: {half_sentence(problem, fields)}"


def half_sentence(problem: dict[str, Any], fields: list[str]) -> str:
    """Write what is wrong with one value and what is allowed, as a Dutch half-sentence."""
    kind, limits = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        return "dit ontbreekt; vul het in"
    if kind == "extra_forbidden":
        return f"dit veld bestaat niet; kies uit {', '.join(fields)}"
    if kind in ("enum", "literal_error"):
        allowed = "kies uit " + limits["expected"].replace("'", "").replace(" or ", ", ")
    else:
        allowed = (_ALLOWED.get(kind) or _ALLOWED.get(kind.split("_")[0], "pas de waarde aan")).format(**limits)
    value = str(problem["input"])
    return f"‘{value if len(value) <= _SHOWN else f'{value[:_SHOWN]}…'}’ kan hier niet; {allowed}"
