"""How fast the program is, as whole processes: ``python -m tests.bench``."""
