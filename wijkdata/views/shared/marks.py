"""The mark that is set at invented figures, in HTML."""

FICTIONAL = '<span class="wd-fictief">fictief</span>'


def fictional_mark(fictional: bool) -> str:
    """Return the mark "fictief", or "" for real figures."""
    return FICTIONAL if fictional else ""
