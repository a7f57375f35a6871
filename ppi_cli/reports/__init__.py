"""What the outputs show, as plain values: tables, charts and stories, in no language yet.

To add an option to the chart, write it in ``ppi_cli/cli/gantt.py``. What is in the chart is chosen
in ``gantt.py`` here; how it looks is a keyword of ``GanttView`` in ``ppi_cli/render/gantt.py``.
"""
