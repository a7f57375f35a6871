"""``ppi variants``."""

from typing import TYPE_CHECKING

from ppi_cli.cli.options import PlanArgument
from ppi_cli.cli.reporting import versions_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.versions.choices import Choices


@versions_command
def variants(choices: "Choices", screen: "Screen", location: PlanArgument = None) -> Shown:
    """What each variant costs, and the cheapest and the dearest plan."""
    from ppi_cli.cli.session import open_undecided
    from ppi_cli.reports.variants import variants_report

    plan = open_undecided(location, choices, screen)
    return Shown(variants_report(plan, choices), plan=plan)
