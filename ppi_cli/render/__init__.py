"""Reports and diagnostics as something that a terminal shows; nothing here prints.

What is in a chart is chosen in ``reports/gantt.py``; how it looks is a keyword of ``GanttView`` in
``gantt.py``. To add an option to the chart: the option in ``cli/gantt.py``, a screen with it in
``SCREENS`` of ``tests/cli/test_screens.py``.
"""
