"""The command line: options, the terminal, the clock. A file for each command."""
