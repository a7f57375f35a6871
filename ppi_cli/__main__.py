"""The program, as ``ppi`` and as ``python -m ppi_cli``."""

from __future__ import annotations

import atexit
import gc


def main() -> None:
    """Run one command.

    The cyclic garbage collector is left out: a command makes next to no circles, and collecting
    took a third of the time of a large plan.
    """
    gc.disable()
    atexit.register(gc.freeze)
    from ppi_cli.cli.app import run

    run()


if __name__ == "__main__":
    main()
