"""Verdicts of pydantic, JSON Schema, Frictionless, SQLite and CSVW on the same damaged records."""
