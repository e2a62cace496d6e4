"""The website of an edition: Markdown pages and static files for MkDocs."""
