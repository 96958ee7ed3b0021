"""The command `python start.py`: run the app, or run the tests."""

import argparse
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from starting.checks import test
from starting.environment import prepare, venv_python
from starting.problems import ROOT, StartError, check_writable
from starting.server import choose_port, serve

HELP = """\
wijkdata starten:   python start.py [--port N] [--data-dir MAP] [--no-browser]
wijkdata testen:    python start.py test [--snel] [argumenten van pytest]

  --port N         het poortnummer; anders 8501, of het eerste vrije nummer daarna
  --data-dir MAP   de map met uw gegevens; anders WIJKDATA_DATA, of data/local in deze map
  --no-browser     open geen browser
  --snel           alleen de tests zonder browser
  --help           deze uitleg

De eerste keer haalt dit programma de onderdelen van wijkdata op (1 tot 3 minuten, internet nodig).
Daarna start wijkdata zonder internet, binnen enkele seconden. Stoppen: Ctrl+C.
"""


def main(arguments: list[str]) -> int:
    """Run the command. Exit code 0: fine; 2: something the user can mend; else that of the program that was started."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", line_buffering=True)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # an ordinary stop ends the server too
    try:
        return test(arguments[1:]) if arguments[:1] == ["test"] else run(arguments)
    except StartError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nAfgebroken.")
        return 130


class _Parser(argparse.ArgumentParser):
    """argparse speaks English: any mistake becomes one Dutch sentence."""

    def error(self, message: str) -> NoReturn:
        raise StartError(
            f"De opdracht ‘start.py {' '.join(sys.argv[1:])}’ kan wijkdata niet lezen; bekijk de mogelijkheden met: "
            "python start.py --help"
        )


def run(arguments: list[str]) -> int:
    """Make what is missing, start the server and wait for it to end."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=int)
    parser.add_argument("--data-dir")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args(arguments)
    if options.help:
        print(HELP)
        return 0
    from wijkdata.settings import data_dir  # standard library only, and the one place that knows the data directory

    directory = data_dir(options.data_dir)
    check_writable(directory, "kies een andere map met --data-dir")
    port = choose_port(options.port)
    prepare(tests=False)
    environment = {**os.environ, "WIJKDATA_DATA": str(directory), "PYTHONUTF8": "1"}
    if not any(directory.glob("monitor-*.duckdb")):
        print("Het voorbeeld met fictieve gemeenten wordt gemaakt; dit duurt meestal minder dan een halve minuut.")
        command: list[str | Path] = [venv_python(), "-m", "wijkdata", "--data-dir", directory, "example"]
        if code := subprocess.call(command, cwd=ROOT, env=environment):
            print("Het voorbeeld is niet gemaakt, dus wijkdata start niet.", file=sys.stderr)
            return code
    return serve(port, environment, open_browser=not options.no_browser)
