"""How fast the program is, as whole processes: ``python -m tests.bench``.

As ratios of whole processes: a clean plan of 10,000 projects is checked in 3.4 times what it takes
to go through its YAML events with libyaml, and one with 10,000 findings in 1.7 times the clean one;
1,000 plans of 11 projects in one run take 3.9 times their events; ``ppi diff`` of two plans of
2,000 projects with 400 changes takes 1.7 times what reading both does. ``ppi totals`` on the real
plan takes 1.2 times a program that prints one line with the same libraries, ``ppi --version`` 0.3
times, and ``ppi --help`` half of it.
"""
