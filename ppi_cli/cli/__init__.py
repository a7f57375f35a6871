"""The command line: options, the terminal, the clock. A file for each command.

To add a command, write a function in a file of its own that takes the plan and its own options and
returns what is to be ``Shown``, made a command by ``@report_command`` (``reporting.py``), and name
it in ``app.py``. What it shows is a report with ``table()`` and ``payload()`` in
``ppi_cli/reports/``, and every format follows. The manual must name it, and each of its options, in
both languages, and the README's table the command: tests ask for it. A screen of it goes into
``SCREENS`` of ``tests/test_screens.py``.
"""
