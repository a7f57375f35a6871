"""Values that know no plan: money, quarters, sentences with values in them, findings, words.

What enters here imports nothing of ours from another folder, and could be used in another program.
To add a notation, write how it is read and written beside its kind, and the law that
``parse`` undoes ``format`` in ``tests/values``.
"""
