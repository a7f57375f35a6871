"""A coverage-guided search for input on which the program fails, to be run by hand.

``pip install atheris``, then ``python -m tests.fuzz FOLDER -max_total_time=600``: FOLDER keeps
what was found interesting, and is filled with the plans of the tests where it is empty. What
fails is written to a file ``crash-…``; put it into ``tests/corpus`` or into
``tests/source/test_any_input.py`` once it is mended.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["ppi_cli"]):
    from tests.any_input import check

TESTS = Path(__file__).parent


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            plans = [
                *TESTS.glob("corpus/**/*.y*ml"),
                *TESTS.parent.glob("ppi_cli/rules/examples/**/*.yaml"),
            ]
            for i, plan in enumerate(plans):
                if plan.is_file():
                    (folder / f"{i}.yaml").write_bytes(plan.read_bytes())
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
