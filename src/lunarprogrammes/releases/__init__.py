"""What a release promises: versions as large as the change, and what is told of each edition.

Everything here works on what is committed or built; only `build` and the maintainers' command use
it, and reading an edition never imports it.
"""
