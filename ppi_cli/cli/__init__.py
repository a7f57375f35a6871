"""The command line: options, the terminal, the clock. A file for each command.

To add a command: a function in a file of its own that takes the plan and its own options and
returns what is to be ``Shown`` (``showing.py``), made a command by ``@report_command``
(``reporting.py``) and named in ``app.py``. What it shows is a report of ``reports/``. Heavy imports
stand inside the function. Nothing but this folder asks for the date. A command that shows a part of
the plan takes what is ``wanted``, and gets the options of ``Wanted`` (``options.py``);
``selection_of`` makes a ``Selection`` of them.
"""
