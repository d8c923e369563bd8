"""Who may do what, by role. A new action without a place here cannot run."""

from enum import StrEnum, auto

from db.vocabulary import OfficerRole


class Permission(StrEnum):
    """One thing an officer may be allowed to do."""

    READ_RECORD = auto()
    SEARCH = auto()
    READ_FIGURES = auto()
    READ_CASELOADS = auto()
    LOG_ENQUIRY = auto()
    ENTER_REFERRAL = auto()
    SCREEN = auto()
    OVERSEE = auto()
    CONCLUDE = auto()
    ALLOCATE = auto()
    RESTRICT = auto()
    LINK_PEOPLE = auto()
    EXPORT = auto()
    KEEP_REGISTERS = auto()
    MANAGE_STAFF = auto()
    MANAGE_DUTY = auto()
    VERIFY = auto()


_INPUT = {Permission.READ_RECORD, Permission.LOG_ENQUIRY, Permission.ENTER_REFERRAL, Permission.SEARCH}
_CRO = _INPUT | {Permission.READ_FIGURES, Permission.LINK_PEOPLE, Permission.KEEP_REGISTERS, Permission.MANAGE_DUTY}
_LADO = _CRO | {
    Permission.SCREEN,
    Permission.OVERSEE,
    Permission.CONCLUDE,
    Permission.RESTRICT,
    Permission.EXPORT,
}

GRANTED: dict[OfficerRole, frozenset[Permission]] = {
    OfficerRole.RELIEF: frozenset(_INPUT),
    OfficerRole.CRO: frozenset(_CRO),
    OfficerRole.LADO: frozenset(_LADO),
    OfficerRole.MANAGER: frozenset(Permission),
    OfficerRole.AUDITOR: frozenset(
        {Permission.READ_RECORD, Permission.SEARCH, Permission.READ_FIGURES, Permission.VERIFY}
    ),
}
"""Deny by default: what is not listed is refused."""


def may(role: str, permission: Permission) -> bool:
    """Whether a role carries a permission."""
    return permission in GRANTED[OfficerRole(role)]
