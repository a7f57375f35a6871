"""``python -m ppi_cli``."""

from ppi_cli.cli.app import main

main()
