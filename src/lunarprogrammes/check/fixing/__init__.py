"""Repairing what is certain: another spelling of what a file already says, never another meaning.

What the parts own: `cells` the spelling of one cell, `dates` and `figures` that of two kinds of
value, `tables` the rows of one CSV file, `plan` which files are touched, `writing` how.
"""
