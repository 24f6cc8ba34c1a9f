"""Build this folder's timeline: `python build.py` makes `site/` from `events.csv` and `seeds/`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    try:
        from dateline.program import run

        run(["build", str(Path(__file__).parent), *sys.argv[1:]], "build.py")
    except ModuleNotFoundError as missing:
        sys.exit(f"Dateline needs the package {missing.name}. Type: python -m pip install .   (or: make site)")
