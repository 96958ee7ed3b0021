"""Start wijkdata, or its tests, from nothing but Python: the standard library only (see starting/).

    python start.py [--port N] [--data-dir DIR] [--no-browser]
    python start.py test [arguments of pytest]

Any Python since 2.7 must be able to read this file, to say in Dutch that it is too old.
"""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.stderr.write(
        "wijkdata werkt met Python 3.11 tot en met 3.14 en dit is Python {}.{}; installeer een van die versies "
        "(https://www.python.org/downloads/) en start daarmee opnieuw, bijvoorbeeld: python3.12 start.py\n".format(
            *sys.version_info[:2]
        )
    )
    sys.exit(2)

from starting.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
