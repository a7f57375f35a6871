"""Two versions of a plan side by side, and what makes next year's plan of this year's.

``matching.py`` says which thing is which; each other module tells what has changed in one kind
of thing, and what that does to the totals: the effects of all changes sum to the difference.

To tell of a field that changes: a line in ``details.py``, or in the module of its kind.
"""
