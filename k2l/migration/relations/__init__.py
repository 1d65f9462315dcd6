"""CATALOGUE of what joins workloads: one file per theme, each with a Finder (k2l/migration/dependencies.py)."""
