"""``ppi rules``."""

from typing import TYPE_CHECKING

from ppi_cli.cli.reporting import output_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


@output_command
def rules(screen: "Screen") -> Shown:
    """List the rules that plans are held to."""
    from ppi_cli.reports.explanation import RuleList

    return Shown(RuleList())
