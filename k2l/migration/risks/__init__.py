"""CATALOGUE of risks: one file per theme, each with a Check (k2l/migration/risk.py)."""
