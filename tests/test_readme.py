"""The README says what is so: its example, its chart, its commands and options."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Result
from tests.plans import examined

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_format_in_one_page_is_a_plan_without_a_finding_to_mend() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert [d for d in examined(example).diagnostics if d.severity != "info"] == []


def test_the_chart_is_what_the_command_above_it_prints(
    ppi: Callable[..., Result], deck: Path
) -> None:
    (console,) = re.findall(r"```console\n\$ ppi (.*?)\n(.*?)```", README, re.DOTALL)
    command, shown = console
    assert ppi(*command.split()).out == shown


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
