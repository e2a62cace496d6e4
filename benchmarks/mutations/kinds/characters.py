"""Damage to single characters of a cell: what looks the same and is another text."""

import random
import unicodedata
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant
from mutations.kind import kind


def cells(corpus: Corpus) -> Sequence[Cell]:
    return corpus.cells


def texts(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("text")


def spaced(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if " " in cell.text]


def accented(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if unicodedata.normalize("NFD", cell.text) != cell.text]


def foreign(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if not cell.text.isascii()]


def _within(cell: Cell, chance: random.Random, what: str) -> Mutant:
    at = chance.randrange(len(cell.text) + 1)
    return cell.becomes(cell.text[:at] + what + cell.text[at:])


def _replaced(cell: Cell, chance: random.Random, pairs: dict[str, str]) -> Mutant | None:
    # Within a word that keeps a Latin letter: a word all in look-alikes is a kind of its own.
    found = [
        at
        for at, letter in enumerate(cell.text)
        if letter in pairs and _has_latin_beside(cell.text, at, pairs)
    ]
    if not found:
        return None
    at = chance.choice(found)
    return cell.becomes(cell.text[:at] + pairs[cell.text[at]] + cell.text[at + 1 :])


def _has_latin_beside(text: str, at: int, pairs: dict[str, str]) -> bool:
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return any(letter.isascii() and letter.isalpha() for letter in around) and bool(pairs)


@kind("Cyrillic letter for a Latin one", cells)
def cyrillic(cell: Cell, chance: random.Random) -> Mutant | None:
    pairs = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))
    return _replaced(cell, chance, pairs)


@kind("Greek letter for a Latin one", cells)
def greek(cell: Cell, chance: random.Random) -> Mutant | None:
    return _replaced(cell, chance, dict(zip("ovABEHIKMNOPTXYZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True)))


@kind("full-width letter for a plain one", cells)
def full_width(cell: Cell, chance: random.Random) -> Mutant | None:
    pairs = {chr(n): chr(n + 0xFEE0) for n in range(0x41, 0x7B) if chr(n).isalpha()}
    return _replaced(cell, chance, pairs)


@kind("word all in look-alike letters", texts)
def whole_word(cell: Cell, chance: random.Random) -> Mutant | None:
    pairs = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
    words = [
        word
        for word in cell.text.split(" ")
        if len(word) > 1 and word.isalpha() and word.isascii() and not _keeps_latin(word, pairs)
    ]
    if not words:
        return None
    word = chance.choice(words)
    padded = f" {cell.text} ".replace(f" {word} ", f" {word.translate(pairs)} ", 1)
    return cell.becomes(padded[1:-1])


def _keeps_latin(word: str, pairs: dict[int, str]) -> bool:
    return any(letter.isascii() for letter in word.translate(pairs))


@kind("zero-width space", cells)
def zero_width(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, chance.choice("\u200b\u2060\ufeff"))


@kind("soft hyphen", cells)
def soft_hyphen(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, "\u00ad")


@kind("bidirectional override", cells)
def override(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, chance.choice("\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200f"))


@kind("control character", cells)
def control(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, chance.choice("\x01\x07\x08\x0b\x0c\x1b\x7f\x85"))


@kind("variation selector or tag", cells)
def selector(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, chance.choice("\ufe0f\U000e0061\u034f\u3164\u115f"))


@kind("decomposed letters (NFD)", accented)
def decomposed(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(unicodedata.normalize("NFD", cell.text))


@kind("no-break space", spaced)
def no_break(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.choice([n for n, letter in enumerate(cell.text) if letter == " "])
    space = chance.choice("\u00a0\u2009\u202f\u3000")
    return cell.becomes(cell.text[:at] + space + cell.text[at + 1 :])


@kind("space at the end", cells)
def trailing(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(f"{cell.text} ")


@kind("space at the beginning", cells)
def leading(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(f" {cell.text}")


@kind("two spaces", spaced)
def two_spaces(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(cell.text.replace(" ", "  ", 1))


@kind("tab in a cell", cells)
def tab(cell: Cell, chance: random.Random) -> Mutant:
    return _within(cell, chance, "\t")


@kind("cell of spaces", cells)
def only_spaces(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice([" ", "   ", "\u00a0"]))


@kind("garbled text (mojibake)", foreign)
def garbled(cell: Cell, chance: random.Random) -> Mutant | None:
    wrong = chance.choice(["cp1252", "latin-1"])
    try:
        return cell.becomes(cell.text.encode().decode(wrong))
    except UnicodeDecodeError:
        return None


@kind("replacement character", foreign)
def replacement(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.choice([n for n, letter in enumerate(cell.text) if not letter.isascii()])
    return cell.becomes(cell.text[:at] + "\ufffd" + cell.text[at + 1 :])


@kind("formula", texts)
def formula(cell: Cell, chance: random.Random) -> Mutant:
    before = chance.choice(["=", "+", "-", "@", '=HYPERLINK("http://example.org/","', "=1+"])
    return cell.becomes(before + cell.text)


@kind("formula behind a tab or line end", texts)
def hidden_formula(cell: Cell, chance: random.Random) -> Mutant:
    return cell.raw('"' + chance.choice(["\t", "\r", "\n", " "]) + '=1+1"')


@kind("formula in full width", texts)
def wide_formula(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice("＝＋－＠") + cell.text)
