"""The command profile: one wijk or buurt on four pillars."""

from pathlib import Path

import click

from wijkdata.commands.base import DutchCommand, as_json, print_json


@click.command(cls=DutchCommand, name="profile")
@click.argument("area", metavar="GEBIED")
@as_json
@click.pass_obj
def profile_command(directory: Path, area: str, as_json: bool) -> None:
    """Hoe staat een wijk of buurt ervoor: per pijler de score en elk cijfer, naast heel Nederland."""
    from wijkdata import catalogue
    from wijkdata.questions import profile, profile_area, profile_lines
    from wijkdata.store import monitor
    from wijkdata.views import profile_text

    current, known = monitor.require(directory), catalogue.load()
    code = profile_area.find_area(current, area)
    spine = profile.spine(current, known, code, profile_area.EVERYBODY)
    pillars = profile_lines.pillar_lines(current, known, code)
    if as_json:
        print_json(profile_text.values(spine, pillars))
        return
    for line in profile_text.text(spine, pillars):
        click.echo(line)
