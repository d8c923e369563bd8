"""A program that does nothing but save, and says so after each save: to be killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from db.desk import Action, Desk, officer_named
from db.models import Contact
from db.permissions import Permission
from db.store import Store
from db.work import Work


def keep_contact(work: Work) -> str:
    """One contact with the next reference: two rows and an audit entry, in one transaction."""
    reference = work.next_reference("E")
    work.insert(Contact, name=reference)
    return reference


SAVE = Action(keep_contact, Permission.LOG_ENQUIRY)


def save_until_killed(path: Path, acknowledged: Connection) -> None:
    """Save for ever; each reference is told only once the desk has said that it is saved."""
    store = Store.open(path)
    desk = Desk(store, officer_named(store, "lado"))
    while True:
        acknowledged.send(desk.do(SAVE))
