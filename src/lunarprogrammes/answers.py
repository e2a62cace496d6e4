"""The three answers that an uncertain value can give: no, possibly, yes.

Owned here because dates and quantities both answer in this way and neither should import the other.
"""

from enum import Enum


class Answer(Enum):
    """What follows from the sources: certainly not, perhaps, certainly.

    An answer has no truth value: `if a.before(b)` would silently take "possibly" for "yes". Ask
    `is Answer.YES` for what is certain and `is not Answer.NO` for what cannot be ruled out.
    `~`, `&` and `|` combine answers: possibly stays possibly unless the other side decides.

    >>> Answer.YES & Answer.POSSIBLY, Answer.YES | Answer.POSSIBLY, ~Answer.NO
    (Answer.POSSIBLY, Answer.YES, Answer.YES)
    >>> print(Answer.POSSIBLY)
    possibly
    """

    NO = "no"
    POSSIBLY = "possibly"
    YES = "yes"

    def __bool__(self) -> bool:
        raise TypeError(
            f"An answer is no, possibly or yes (here: {self.value}) and has no truth value. Write "
            "`is Answer.YES` for what is certain or `is not Answer.NO` for what is possible."
        )

    def __invert__(self) -> "Answer":
        return _NOT[self]

    def __and__(self, other: "Answer") -> "Answer":
        if not isinstance(other, Answer):
            return NotImplemented
        return self if _RANK[self] <= _RANK[other] else other

    def __or__(self, other: "Answer") -> "Answer":
        if not isinstance(other, Answer):
            return NotImplemented
        return self if _RANK[self] >= _RANK[other] else other

    def __repr__(self) -> str:
        return f"Answer.{self.name}"

    def __str__(self) -> str:
        return self.value


_RANK = {Answer.NO: 0, Answer.POSSIBLY: 1, Answer.YES: 2}
_NOT = {Answer.NO: Answer.YES, Answer.POSSIBLY: Answer.POSSIBLY, Answer.YES: Answer.NO}


def decide(*, yes: bool, no: bool) -> Answer:
    """Answer a question by what is certain: one side, the other, or neither.

    >>> decide(yes=False, no=False)
    Answer.POSSIBLY
    """
    return Answer.YES if yes else Answer.NO if no else Answer.POSSIBLY
