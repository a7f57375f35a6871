"""What makes a command of a report: the plan, the options that all reports share, the output."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    DropOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    PlanArgument,
    ScenarioOption,
    ShiftOption,
    VariantOption,
    WidthOption,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ppi_cli.language import Language
    from ppi_cli.reports.table import Report

    #: How a terminal shows a report, in a language; where nothing says how wide it may be, it may
    #: be wider than the console (``elastic``).
    View: TypeAlias = Callable[[Language, bool], RenderableType]


@dataclass(frozen=True)
class Shown:
    """What a command has to show: a report, and how a terminal shows it, if not as a table."""

    report: Report
    view: View | None = None


def _shared(
    plan: PlanArgument = None,
    scenario: ScenarioOption = None,
    variant: VariantOption = None,
    drop: DropOption = None,
    shift: ShiftOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The arguments and options of every report, after its own."""


def report_command(command: Callable[..., Shown]) -> Callable[..., None]:
    """The command that opens a plan, and shows what the function makes of it.

    The function takes the plan, then its own arguments and options; those of the command are its
    own and the shared ones.
    """
    _, *own = inspect.signature(command).parameters.values()
    shared = inspect.signature(_shared, eval_str=True).parameters

    @wraps(command)
    def run(**given: Any) -> None:
        from ppi_cli.cli.screen import Screen
        from ppi_cli.cli.session import choices_of, open_plan, show

        common = {name: given.pop(name) for name in shared}
        screen = Screen(common["lang"], common["color"], common["width"], common["ascii"])
        asked = (common[name] for name in ("scenario", "variant", "drop", "shift"))
        plan = open_plan(common["plan"], choices_of(*asked), screen)
        show(command(plan, **given), plan, screen, common["format"], common["output"])

    parameters = [*own, *shared.values()]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
