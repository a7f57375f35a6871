"""What makes a command of a report: the plan, the options that all reports share, the output."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Collection, Sequence
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from ppi_cli.cli.ceilings import CeilingOption
from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    DropOption,
    ExecutedOption,
    FormatOption,
    KeepOption,
    LanguageOption,
    OutputOption,
    PlanArgument,
    ScenarioOption,
    ShiftOption,
    TraceOption,
    VariantOption,
    Wanted,
    WidthOption,
)
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


def _of_output(
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """How a report is written."""


def _of_choices(
    scenario: ScenarioOption = None,
    variant: VariantOption = None,
    drop: DropOption = None,
    shift: ShiftOption = None,
    ceiling: CeilingOption = None,
    keep_envelopes: KeepOption = False,
    executed: ExecutedOption = None,
) -> None:
    """Which version of a plan is meant."""


def _of_plan(plan: PlanArgument = None, trace: TraceOption = False) -> None:
    """The plan that is meant."""


def report_command(
    command: Callable[..., Shown], without: Collection[str] = ()
) -> Callable[..., None]:
    """The command that opens a plan, and shows what the function makes of it.

    The function takes the plan, and where it asks for it the plan as it is ``written``, before
    costs are worked out, all that was ``opened``, and the part that is ``wanted``; then its own
    arguments and options. Those of the command are its own and the shared ones, ``without`` those
    that make no sense for it.
    """

    def run(own: dict[str, Any], given: dict[str, Any], screen: Screen) -> Shown:
        from ppi_cli.cli.chosen import selection_of
        from ppi_cli.cli.session import choices_of, open_plan
        from ppi_cli.figures.selection import WHOLE

        opened = open_plan(given["plan"], choices_of(**_asked(given)), screen)
        asked = inspect.signature(command).parameters
        more = {"written": opened.reading.plan, "opened": opened}
        own.update((name, value) for name, value in more.items() if name in asked)
        from ppi_cli.reports.notes import plan_notes

        shown = command(opened.plan, **own)
        selection = shown.selection or WHOLE
        if "wanted" in own:
            selection = selection_of(opened.plan, own["wanted"], beyond=True)
        notes = tuple(plan_notes(opened.reading.plan, opened.plan, selection))
        shown = shown._replace(plan=opened.plan, notes=notes)
        if not given["trace"]:
            return shown
        from ppi_cli.cli.tracing import traced_report

        return shown._replace(report=traced_report(shown.report, opened, given["format"]))

    return _made(command, run, (_of_plan, _of_choices, _of_output), without)


def versions_command(command: Callable[..., Shown]) -> Callable[..., None]:
    """The command that shows what a function makes of versions of plans.

    The function takes the choices that are asked for and the screen, the part that is ``wanted``
    where it asks for one, then its own arguments.
    """

    def run(own: dict[str, Any], given: dict[str, Any], screen: Screen) -> Shown:
        from ppi_cli.cli.session import choices_of

        return command(choices_of(**_asked(given)), screen, **own)

    return _made(command, run, (_of_choices, _of_output))


def output_command(command: Callable[..., Shown]) -> Callable[..., None]:
    """The command that shows what a function returns, without any plan.

    The function takes the screen, then its own arguments.
    """

    def run(own: dict[str, Any], given: dict[str, Any], screen: Screen) -> Shown:
        return command(screen, **own)

    return _made(command, run, (_of_output,))


def documents_command(
    command: Callable[..., None], without: Collection[str] = ()
) -> Callable[..., None]:
    """The command that writes documents of a version of a plan, or of a part of it.

    The function takes the choices that are asked for, the screen and the part that is ``wanted``,
    then its own arguments. The part is not chosen by the options ``without``.
    """
    own = [p for p in _parameters(command) if p.name not in _GIVEN]
    part = [p for p in _parameters(Wanted) if p.name not in without]
    language = [p for p in _parameters(_of_output) if p.name == "lang"]
    parameters = [*own, *part, *_parameters(_of_choices), *language]

    @wraps(command)
    def made(**given: Any) -> None:
        from ppi_cli.cli.screen import Screen
        from ppi_cli.cli.session import choices_of

        wanted = Wanted(**{parameter.name: given[parameter.name] for parameter in part})
        mine = {parameter.name: given[parameter.name] for parameter in own}
        command(choices_of(**_asked(given)), Screen(given["lang"]), wanted, **mine)

    return _declared(made, parameters)


def _declared(
    command: Callable[..., None], parameters: Sequence[inspect.Parameter]
) -> Callable[..., None]:
    """A command with the parameters that it is to be read with."""
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _made(
    command: Callable[..., Shown],
    run: Callable[[dict[str, Any], dict[str, Any], Screen], Shown],
    shared_by: Sequence[Callable[..., None]],
    without: Collection[str] = (),
) -> Callable[..., None]:
    """A command of a function's own parameters, but for those that it is given, and shared ones."""
    shared = [p for each in shared_by for p in _parameters(each)]
    own = [p for p in _parameters(command) if p.name not in _GIVEN]
    part = [p for p in _parameters(Wanted) if p.name not in without] if _wants(command) else []
    #: Arguments first: the function's own, then the plan.
    parameters = [*own, *part, *shared]

    @wraps(command)
    def made(**given: Any) -> None:
        from ppi_cli.cli.screen import Screen
        from ppi_cli.cli.showing import show
        from ppi_cli.source.files import is_yaml

        screen = Screen(given["lang"], given["color"], given["width"], given["ascii"])
        mine = {parameter.name: given[parameter.name] for parameter in own}
        if _wants(command):
            mine["wanted"] = Wanted(**{parameter.name: given[parameter.name] for parameter in part})
        shown, output = run(mine, given, screen), given["output"]
        if shown.scenario is not None and output is not None and is_yaml(os.path.basename(output)):
            shown.scenario(output)
            output = None
        show(shown, screen, given["format"], output)
        if shown.exit_code:
            sys.exit(shown.exit_code)

    return _declared(made, parameters)


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """What was given of the options that choose a version."""
    return {parameter.name: given[parameter.name] for parameter in _parameters(_of_choices)}


#: The parameters of functions that no user gives.
_GIVEN = ("plan", "choices", "screen", "written", "opened", "wanted")


def _wants(command: Callable[..., Any]) -> bool:
    """Whether a command shows a part of a plan, which the options of ``Wanted`` ask for."""
    return "wanted" in inspect.signature(command).parameters


@cache
def _parameters(function: Callable[..., Any]) -> Sequence[inspect.Parameter]:
    """Its parameters; the annotations of options, which are texts, as what they stand for."""
    ours = function.__module__ in (__name__, Wanted.__module__)
    signature = inspect.signature(function, eval_str=ours)
    return tuple(signature.parameters.values())
