"""Files and YAML to a plan, with the places of everything in it; and edits back into the files.

A finding holds a path such as ``("projects", 3, "quarters")``; ``examine.py`` reads a plan, holds
it against the rules and gives every finding its file, line and column. Only this folder opens
files of plans; ``git.py`` alone speaks with git. What cannot be read goes to ``schema.py``, in
words, and to the folder ``instead``, which says what to type.

To know a French key, or a likely misspelling: a row in ``keys.py``.
"""
