"""The lowest versions that pyproject.toml allows of all that it names, for pip to install."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def lowest(requirement: str) -> str:
    """``rich==15`` of ``rich>=15,<16``."""
    bounds = re.fullmatch(r"([A-Za-z0-9_.-]+(?:\[\w+\])?)>=([0-9.]+)(?:,<[0-9.]+)?", requirement)
    if bounds is None:
        raise SystemExit(f"no lowest version: {requirement}")
    return f"{bounds[1]}=={bounds[2]}"


def main() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = written["project"]
    named = [*written["build-system"]["requires"], *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        named += (each for each in extra if not each.startswith(f"{project['name']}["))
    print(*sorted(set(map(lowest, named))), sep="\n")


if __name__ == "__main__":
    main()
