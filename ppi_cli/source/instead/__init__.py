"""What to type instead of what cannot be read: a French word, a spoken time, a guess at a key.

``advisor.py`` says which of the others looks at what; ``place.py`` is what they look at. Nothing
here reads a plan, and nothing of it is imported before something cannot be read. What is said of
a text names its numbers and words that it leaves out, whichever function says it: ``left_out.py``.

To know another way to say a thing: a row of a table at the head of ``amounts.py``, ``times.py``,
``pieces.py`` or ``words.py``; a key, in ``keys.py`` of the folder above.
"""
