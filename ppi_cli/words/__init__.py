"""Values into words: the one place that formats amounts, quarters, dates and sentences.

The core makes messages (``values/message.py``); a language says them. To translate: after any
change of a message, a help text, a rule or the sentence below a field,
``python -m tests.catalogue`` says what is left to translate in
``locale/fr/LC_MESSAGES/ppi.po``, and what it guessed from a likeness (``fuzzy``); run it again
afterwards. French has a no-break space (U+00A0) inside « » and before ``:`` ``;`` ``!`` ``?``;
keys and commands stay English. Where two branches have changed ``ppi.mo``, run it again: it
follows from the other file.
"""
