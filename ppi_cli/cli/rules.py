"""``ppi rules``."""

from typing import TYPE_CHECKING

from ppi_cli.cli.reporting import Shown, output_command

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


@output_command
def rules(screen: "Screen") -> Shown:
    """List the rules that plans are held to."""
    from ppi_cli.reports.explanation import RuleList

    return Shown(RuleList())
