"""The program, as ``ppi`` and as ``python -m ppi_cli``."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run one command, and leave at once with its exit code.

    The cyclic garbage collector is left out, and so is the taking apart of everything at the
    end: a command makes next to no circles, and both took a third of the time of a large plan.
    """
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # to look for some takes a while
    code: object = 0
    try:
        from ppi_cli.cli.app import run

        run()
    except SystemExit as stop:
        code = stop.code
    except KeyboardInterrupt:
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, KeyboardInterrupt):  # nobody reads any more, or the disk is full
            if stream is not None:
                stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
