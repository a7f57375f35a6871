"""Files and YAML to a plan, with the places of everything in it."""
