"""The words of people: what a date is called, and what a misspelt one may have meant.

Owns the English of uncertain dates, the wording of their errors, and `suggest`, which reads human
spellings. Owns no rule of what is a date: whatever it reads is put to `date_grammar`. Importing
costs no regular expression: each is compiled when something is first wrong, and kept by `re`.
"""

import datetime
import re

from lunarprogrammes.date_grammar import fullmatch, is_valid, split_qualifier
from lunarprogrammes.errors import InvalidDate, quoted

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NAMES = (
    {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
    | {"33": "the first quarter of", "34": "the second quarter of"}
    | {"35": "the third quarter of", "36": "the fourth quarter of"}
    | {"37": "early", "38": "mid", "39": "late"}
    | {"40": "the first half of", "41": "the second half of"}
)


def _words(point: str) -> str:
    """Say a single date in English, its qualifier in front."""
    core, qualifier = split_qualifier(point)
    year, code, day = core[:4], core[5:7], core[8:10]
    if "X" in year:
        first = year.replace("X", "0")
        words = f"the {first}s" if year[2] != "X" else f"the years {first} to {first[:2]}99"
    elif not code:
        words = year
    elif code in _NAMES:
        until = f"–{int(year) + 1}" if code == "24" else ""
        words = f"{_NAMES[code]}{'-' if code == '38' else ' '}{year}{until}"
    else:
        month = year if code == "XX" else f"{_MONTHS[int(code) - 1]} {year}"
        unstated = "some day of" if day else "some month of"
        words = f"{unstated} {month}" if "XX" in (code, day) else f"{int(day or 0)} {month}"
        words = words.removeprefix("0 ")
        words += f", {core[11:-1]} UTC" if core[10:] else ""
    prefix = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[qualifier]
    return prefix + words


def describe(text: str) -> str:
    """Say a whole text in English; it must be an uncertain date.

    >>> describe("2030/2035~"), describe("unknown")
    ('between 2030 and about 2035', 'not known')
    """
    if text == "unknown":
        return "not known"
    start, slash, end = text.partition("/")
    if not slash:
        return _words(start)
    if start == "..":
        return f"by {_words(end)}"
    if end == "..":
        return f"no earlier than {_words(start)}"
    return f"between {_words(start)} and {_words(end)}"


EXPECTED = (
    "Expected a date such as 2026, 2026-05 or 2026-05-03, with ~ (about), ? (uncertain) or % "
    "(both) at the end; an interval such as 2030/2035, 2026/.. or ../2030; or the word unknown."
)


def error_for(text: str) -> InvalidDate:
    """Say what is wrong with a text that is no uncertain date, as narrowly as can be said."""
    shown = quoted(text)
    return InvalidDate(f"{shown} {_fault(text)}", expected=EXPECTED, suggestion=suggest(text))


def _fault(text: str) -> str:
    if not text.strip():
        return "is empty."
    if text != text.strip():
        return "has space around it."
    if "/" in text and fullmatch(text):
        return "ends before it begins."
    plain = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])", text)
    if plain and "/" not in text:
        year, month, day = plain.groups()
        if not fullmatch(year):
            return "lies outside the years 1000 to 9998."
        if month and not fullmatch(f"{year}-{month}"):
            return f"names a month {month}, which is neither a month nor a season, quarter or half."
        if day and int(month) <= 12 and not fullmatch(f"{year}-{month}-{day}"):
            return f"names a day that {_MONTHS[int(month) - 1]} {year} does not have."
        if re.search(r"T[0-9:]{5,8}(?!.*Z)", text):
            return "gives a time without saying Z, for UTC."
    return "is no uncertain date."


_CODES = (
    {name.removeprefix("the ").removesuffix(" of"): code for code, name in _NAMES.items()}
    | {"fall": "23", "middle": "38"}
    | {f"q{n}": str(32 + n) for n in range(1, 5)}
    | {f"{n}q": str(32 + n) for n in range(1, 5)}
    | {f"h{n}": str(39 + n) for n in range(1, 3)}
    | {f"{n}h": str(39 + n) for n in range(1, 3)}
)
_UNKNOWN = (
    "unknown|not known|unspecified|(?:un|not )disclosed|tb[ad]|n/a|to be (?:determined|announced)"
)
_HEDGES = (
    r"(perhaps |possibly |probably )?"
    r"((?:about|around|approximately|circa|roughly) |(?:approx|ca?)(?:\. ?| |(?=[0-9]))|~ ?)?"
    r"(?:the )?(.+?)(?: ?([~?%]{1,2}|\(\?\)))?"
)
_SINCE = (
    r"(?:no earlier than|not earlier than|not before|net|from|since) (.+?)"
    r"|(.+) (?:or later|onwards?)"
)
_UNTIL = r"(?:by|no later than|not later than|nlt|until|on or before) (.+)|(.+) or earlier"
_TIMED = r"(.+?)(?:t|,? )([0-9:]{5,8})(?:\.[0-9]+)? ?(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})"
# Each shape, and the order of its groups: year, month (a number or a name), day.
_SHAPES = (
    (r"([0-9]{4})", "y"),
    (r"([0-9]{4})[-./ ]([0-9]{1,2})(?:[-./ ]([0-9]{1,2}))?", "ymd"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", "ymd"),
    (r"([0-9]{4}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?)?", "ymd"),
    (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", "dmy"),
    (r"([0-9]{1,2})[/.]([0-9]{4})", "my"),
    (r"(?:([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3,9})\.?,? ([0-9]{4})", "dmy"),
    (r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", "mdy"),
    (r"([0-9]{4})[ -]([a-z]{3,9})\.?(?:[ -]([0-9]{1,2}))?", "ymd"),
)


def suggest(text: str) -> str | None:
    """Read a human spelling as EDTF, or return None; never guess between two readings.

    >>> suggest("December 5, 2024"), suggest("NET 2026"), suggest("Q3 2026"), suggest("03/04/2024")
    ('2024-12-05', '2026/..', '2026-35', None)
    """
    # A raised figure is a footnote or a power, and would be normalised into a digit.
    if len(text) > 100 or re.search("[²³¹⁰-₟¼-¾⅐-⅟]", text):
        return None
    import unicodedata  # only needed where something is wrong

    words = unicodedata.normalize("NFKC", re.sub("[‐-―−]", "-", text))
    words = " ".join(words.lower().split())
    found = _read(words)
    return found if found and found != text and is_valid(found) else None


def _read(words: str) -> str | None:
    if re.fullmatch(_UNKNOWN, words):
        return "unknown"
    if found := _read_point(words):
        return found
    for pattern, form in ((_SINCE, "{}/.."), (_UNTIL, "../{}")):
        if (open_ended := re.fullmatch(pattern, words)) and (
            point := _read_point(open_ended[1] or open_ended[2])
        ):
            return form.format(point)
    if pair := re.fullmatch(r"between (.+?) and (.+)", words):
        return _read_pair(*pair.groups())
    for joint in re.finditer(r" ?[-/] ?| (?:to|until|through) ", words):
        if found := _read_pair(words[: joint.start()].removeprefix("from "), words[joint.end() :]):
            return found
    return None


def _read_pair(start: str, end: str) -> str | None:
    a = ".." if start == ".." else _read_point(start)
    b = ".." if end == ".." else _read_point(end)
    if not a or not b:
        return None
    # An interval written backwards has one sensible reading.
    return f"{a}/{b}" if is_valid(f"{a}/{b}") else f"{b}/{a}"


def _read_point(words: str) -> str | None:
    hedged = re.fullmatch(_HEDGES, words)
    core = _read_core(hedged[3]) if hedged else None
    if not hedged or not core:
        return None
    marks = (hedged[4] or "") + ("?" if hedged[1] else "") + ("~" if hedged[2] else "")
    doubt, about = "?" in marks or "%" in marks, "~" in marks or "%" in marks
    core += "%" if doubt and about else "?" if doubt else "~" if about else ""
    return core if is_valid(core) else None


def _read_core(words: str) -> str | None:
    """Read a date without qualifier: code word and year, decade, time, or one of the shapes."""
    coded = re.fullmatch(r"([a-z0-9 ]+?)(?: (?:in|of))?[ -]?([0-9]{4})(?:[-/]([0-9]{2,4}))?", words)
    if coded and (code := _CODES.get(coded[1])):
        # Only winter runs into a second year, and only into the next.
        follows = str(int(coded[2]) + 1).endswith(coded[3] or "") and code == "24"
        return f"{coded[2]}-{code}" if follows or not coded[3] else None
    coded = re.fullmatch(r"([0-9]{4})[ -]?([a-z][0-9a-z]+|[1-4][qh])", words)
    if coded and coded[2] in _CODES:
        return f"{coded[1]}-{_CODES[coded[2]]}"
    if vague := re.fullmatch(r"some (day|month) of (.+)", words):
        core = _read_core(vague[2]) or ""
        return core + "-XX" * ((3 if vague[1] == "day" else 2) - len(core) // 3)
    if decade := re.fullmatch(
        r"([0-9]{3})(?:0s|0-?ies|x)|([0-9]{2})xx|years ([0-9]{2})00 to \3?99", words
    ):
        return f"{decade[1]}X" if decade[1] else f"{decade[2] or decade[3]}XX"
    if timed := re.fullmatch(_TIMED, words):
        return _read_time(_read_core(timed[1]), timed[2], timed[3])
    return _read_shape(words)


def _read_time(day: str | None, time: str, zone: str) -> str | None:
    zone = zone.upper() if zone[0] in "+-" else "+00:00"
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{time}{zone}").astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if len(time) == 8 else f"{moment:%Y-%m-%dT%H:%MZ}"


def _read_shape(words: str) -> str | None:
    if slashed := re.fullmatch(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})", words):
        a, b = int(slashed[1]), int(slashed[3])
        if a <= 12 and b <= 12 and a != b:
            return None  # 03/04/2024 is March in one country and April in another
        month, day = (b, a) if a > 12 else (a, b)
        return f"{slashed[4]}-{month:02}-{day:02}"
    for pattern, order in _SHAPES:
        if shape := re.fullmatch(pattern, words):
            parts = dict(zip(order, shape.groups(), strict=True))
            name, number = parts.get("m"), parts.get("d")
            if name and not _month(name):
                continue
            core = parts["y"] + (f"-{_month(name):02}" if name else "")
            core += f"-{int(number):02}" if number else ""
            return core if is_valid(core) else None
    return None


def _month(word: str) -> int:
    """Look up the number of a month given by number or name; 0 if it is none."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    for number, name in enumerate(_MONTHS, 1):
        if len(word) >= 3 and (name.lower().startswith(word) or word == name[:4].lower()):
            return number
    return 0
