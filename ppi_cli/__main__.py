"""The program, as ``ppi`` and as ``python -m ppi_cli``."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from types import ModuleType


def main() -> None:
    """Run one command, and leave at once with its exit code.

    The cyclic garbage collector is left out, and so is the taking apart of everything at the
    end: a command makes next to no circles, and both took a third of the time of a large plan.
    """
    gc.disable()
    _look_for_no_plugins()
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


def _look_for_no_plugins() -> None:
    """Have pydantic look for no plugins, nor import what it would look for them with.

    That is what reads the metadata of packages, and with it all that reads mails.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    loader = ModuleType("pydantic.plugin._loader")
    vars(loader)["get_plugins"] = tuple
    sys.modules[loader.__name__] = loader


if __name__ == "__main__":
    main()
