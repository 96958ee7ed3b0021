"""Names of files that come from elsewhere, made safe for every system."""

import re
import unicodedata

_MAX_NAME = 120
# Names that Windows keeps for devices, with any suffix.
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


def safe_name(name: str) -> str:
    """Make a file name that every system accepts of the last part of a name: no special characters, not too long.

    The same letters always give the same name, so that `wijken.shp` and `wijken.dbf` stay a pair.
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = re.sub(r"[^\w .()'+-]", "-", last).strip(" .-") or "bestand"
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, dot + suffix[:16]) if stem else (plain, "")
    if stem.split(".")[0].strip().upper() in _DEVICES:
        stem = f"bestand-{stem}"
    return stem[: _MAX_NAME - len(suffix)] + suffix
