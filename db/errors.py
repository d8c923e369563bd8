"""Errors in words a duty officer understands: a title, a sentence, and the exit code a script sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class DeskError(Exception):
    """Something the desk could not do, told so that an officer knows what is safe and what to do next."""

    title: ClassVar[str] = "The desk could not do that"
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that cannot be kept as it is: the field, its label, and one sentence."""

    field: str
    label: str
    sentence: str


class ThereIsAProblem(DeskError):
    """Answers that need another look; every answer typed is kept."""

    title = "There is a problem"
    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence + "." for problem in problems))
        self.problems = tuple(problems)


class Refused(DeskError):
    """The officer may not do this; the refusal is kept in the audit trail."""

    title = "Not allowed"
    exit_code = 4


class NotOnAccessList(Refused):
    """A restricted record was asked for by someone off its list. The sentence names the reference and nothing else."""

    title = "Restricted"

    def __init__(self, ref: str) -> None:
        super().__init__(f"You are not on the access list for {ref}. Ask the manager if you need it for your work.")
        self.ref = ref


class NotFound(DeskError):
    """There is no such record."""

    title = "Not found"
    exit_code = 5


class ChangedMeanwhile(DeskError):
    """Someone else saved the record since it was opened; nothing was overwritten and the officer's words are kept."""

    title = "Someone saved this while you were working"
    exit_code = 6

    def __init__(self, what: str, who: str = "Someone else", at: str = "") -> None:
        when = f" at {at}" if at else ""
        super().__init__(f"{who} saved {what}{when}. Your words are kept. Compare before you save.")


class DeskLocked(DeskError):
    """The desk was locked while something was still being asked of it."""

    title = "Locked"
    exit_code = 4

    def __init__(self) -> None:
        super().__init__("The desk is locked. Unlock it to go on")


class MayBeADuplicate(DeskError):
    """The same adult or number was entered within 24 hours; save again to say it is not the same."""

    title = "This may be entered already"
    exit_code = 7

    def __init__(self, refs: Sequence[str], sentence: str) -> None:
        super().__init__(sentence)
        self.refs = tuple(refs)


class StoreError(DeskError):
    """The store cannot be used as it is; it has not been written to."""

    title = "The store cannot be opened"
    exit_code = 3


class StoreMissing(StoreError):
    """There is no file where the store should be. One is only made on purpose."""


class StoreNotOurs(StoreError):
    """The file is empty, or is something other than a store of this desk."""


class StoreDamaged(StoreError):
    """The file does not read back as it was written."""


class StoreBusy(StoreError):
    """Another program holds the store, or left it in a state that cannot be put in order here."""


class StoreNewer(StoreError):
    """The store was made by a newer LADO Desk."""


class NotUpgraded(StoreError):
    """A store of an older version could not be brought to this one. It is as it was, and backed up."""

    title = "The store was not upgraded"


class WrongKey(StoreError):
    """The passphrase or key does not open the store. The words are the same whoever signs in."""

    title = "Not signed in"
    exit_code = 4


class NotBackedUp(DeskError):
    """No backup was made, or it did not prove good. The ones before it are untouched."""

    title = "No backup was made"
    exit_code = 9


class NotSaved(DeskError):
    """The store could not be written. What was typed is still on the screen and in the draft."""

    title = "Not saved"
    exit_code = 8
