"""``searchkit`` and ``python -m searchkit``."""

from __future__ import annotations

import gc
import sys

# Objects made before the collector looks at the youngest; Python's default is 700.
_OBJECTS = 100_000


def main() -> int:
    """Run the command line; see ``searchkit.cli.main``."""
    # Before anything is imported: importing makes no cycles, and looking for some again and again
    # takes a twentieth of the time of a query.
    gc.set_threshold(_OBJECTS)
    from searchkit.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
