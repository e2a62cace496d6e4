"""The parts of a CSL-JSON item: CSL 1.0.2, what Zotero adds to it, and our custom block."""

_TEXTS = """
    id type citation-key categories language journalAbbreviation shortTitle abstract annote archive
    archive_collection archive_location archive-place authority call-number citation-label
    collection-title container-title container-title-short dimensions division DOI event event-title
    event-place genre ISBN ISSN jurisdiction keyword medium note original-publisher
    original-publisher-place original-title part-title PMCID PMID publisher publisher-place
    references reviewed-genre reviewed-title scale source status title title-short URL
    volume-title year-suffix
"""
_NUMBERS = """
    chapter-number citation-number collection-number edition first-reference-note-number issue
    locator number number-of-pages number-of-volumes page page-first part-number printing-number
    section supplement-number version volume
"""
_NAMES = """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator
"""
_DATES = "accessed available-date event-date issued original-date submitted"

CSL_TEXTS, CSL_NUMBERS = frozenset(_TEXTS.split()), frozenset(_NUMBERS.split())
CSL_NAMES, CSL_DATES = frozenset(_NAMES.split()), frozenset(_DATES.split())
# The parts of a name and of a date.
_OF_NAMES = """
    family given literal dropping-particle non-dropping-particle suffix comma-suffix static-ordering
    parse-names
"""
NAME_PARTS = frozenset(_OF_NAMES.split())
DATE_PARTS = frozenset(["date-parts", "raw", "literal", "circa", "season"])
# `locator` is a citation's variable in CSL; at the top of an item it is always ours, misplaced.
CSL_KEYS = frozenset(f"{_TEXTS} {_NUMBERS} {_NAMES} {_DATES} custom".split()) - {"locator"}
