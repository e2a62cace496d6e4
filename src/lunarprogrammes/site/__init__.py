"""The documentation site as plain Markdown: written whole before MkDocs builds it.

`writing.py` puts the folder together: the pages of `docs/`, a page for every record, the lists of
records, the home page, the downloads, and what each of `parts.py` adds. Nothing here decides what
a cell says, and nothing of it is committed: it follows from the committed edition. About 25 s for
7,000 pages.
"""
