"""What a plan becomes: scenarios done, variants decided, projects moved, costs worked out.

What enters here takes a plan and gives a plan. ``scenarios.py`` makes every version; ``making.py``
does its steps, to a project ``in_making.py`` and ``instead.py``, and ``following.py`` lets who pays
go with it. ``envelopes.following`` is the one function that gives it its envelopes.

To add something that a scenario may change: a field of ``ScenarioChange`` in
``plan/scenarios.py``, and a step in ``making.py`` that does it; what is to be told of it goes
into ``plan/becoming.py``, and a law of there and back into ``tests/versions``.
"""
