"""The README says what is so: its example, its chart, its commands and options."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ppi_cli.explanations import example
from ppi_cli.rules import ALL
from tests.conftest import Result
from tests.plans import TODAY, examined

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def test_the_format_in_one_page_is_a_plan_without_a_finding_to_mend() -> None:
    (example,) = (text for kind, text in BLOCKS if kind == "yaml" and text.startswith("plan:\n  t"))
    assert [d for d in examined(example).diagnostics if d.severity != "info"] == []


def test_the_page_on_costs_and_programmes_is_a_plan_without_an_error() -> None:
    blocks = [text for kind, text in BLOCKS if kind == "yaml" and "fctva:" in text]
    blocks += [text for kind, text in BLOCKS if kind == "yaml" and "authorised:" in text]
    head = "plan: {title: P, years: 2025..2030, tax: incl}\nthemes: [{id: ecoles, title: É}]\n"
    found = examined(head + "\n".join(blocks)).diagnostics
    assert [d.code for d in found if d.severity == "error"] == []


@pytest.mark.parametrize("shown", [text for kind, text in BLOCKS if kind == "console"])
def test_a_screen_is_what_the_command_above_it_prints(
    ppi: Callable[..., Result], deck: Path, shown: str
) -> None:
    """In the folder of the real plan and its examples, and of those of PPI402 and PPI501."""
    shutil.copytree(ROOT / "data" / "examples", deck / "examples")
    rules = {rule.code: rule for rule in ALL}
    texts = example(rules["PPI402"], "bad", TODAY).texts
    for name, text in (texts | example(rules["PPI501"], "good", TODAY).texts).items():
        Path(name).write_text(text, encoding="utf-8")
    command, _, screen = shown.removeprefix("$ ppi ").partition("\n")
    assert ppi(*command.split()).out == screen


def ci_scripts(node: Any) -> Iterator[str]:
    """The lines of a job that its machine runs."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from ci_scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from ci_scripts(value)


@pytest.mark.parametrize("place", ["jobs:", "  script:"])
def test_the_jobs_for_continuous_integration_work_as_they_stand(
    ppi: Callable[..., Result], deck: Path, place: str
) -> None:
    (job,) = (yaml.safe_load(text) for kind, text in BLOCKS if kind == "yaml" and place in text)
    install, validate = ci_scripts(job)
    assert install == "pip install git+https://example.org/ppi.git"
    assert ppi(*validate.removeprefix("ppi ").split()).code == 0
    made = {path.name for path in Path().iterdir() if path.is_file()}
    assert made
    assert all(
        name in yaml.safe_dump(job["plan"]["artifacts"] if "plan" in job else job) for name in made
    )


def test_the_hook_for_pre_commit_checks_the_files_it_is_given(
    ppi: Callable[..., Result], deck: Path
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["types"] == ["yaml"]
    shutil.copytree(ROOT / "data" / "examples", deck / "examples")
    touched = ["data/projects.yaml", *map(str, sorted(Path("data/examples/finance").iterdir()))]
    Path("hooks.yaml").write_text("repos: []\n", encoding="utf-8")
    result = ppi(*hook["entry"].removeprefix("ppi ").split(), *touched, "hooks.yaml")
    assert (result.code, result.err) == (0, "")
    assert "2 plans" in result.out
    assert hook["description"].count("deleted") == README.count("deleted or moved away") == 1


def test_the_table_of_rules_is_what_the_program_prints(ppi: Callable[..., Result]) -> None:
    printed = ppi("rules", "--format", "github", "--lang", "en").out
    table = [line for line in printed.splitlines() if line.startswith("|")]
    assert "\n".join(table) in README


def test_every_command_is_in_the_table_of_commands(ppi: Callable[..., Result]) -> None:
    listed = re.findall(r"^\| `ppi (\w+)", README, re.MULTILINE)
    helped = re.findall(r"^  (\w+)  ", ppi("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(helped)


def test_every_option_of_every_command_is_named(ppi: Callable[..., Result]) -> None:
    commands = re.findall(r"^\| `ppi (\w+)", README, re.MULTILINE)
    help = "".join(ppi(command, "--help").out for command in commands)
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", help, re.MULTILINE))
    unnamed = {o for o in options - {"--help", "--output"} if o not in README}
    assert unnamed == set()


def test_every_module_at_the_top_of_the_package_is_on_the_map() -> None:
    package = Path(__file__).parent.parent / "ppi_cli"
    names = {p.name for p in package.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert {name for name in names - {"__init__.py", "__main__.py"} if name not in README} == set()
