"""What "heard before?" looks names up in: the distinct words of all names with their sound, and whose each is.

The words stand once, so that a search widens over words and not over people, and the long table holds only numbers.
"""

from sqlalchemy import Index, Integer, String, UniqueConstraint
from sqlmodel import Field, SQLModel

_BYTES = String(60).with_variant(String(60, collation="C"), "postgresql")
"""Compared byte by byte on both stores, so that a prefix is a range."""


class NameWord(SQLModel, table=True):
    """A distinct word of the names of one kind of owner (``adult``, ``setting``), and how it sounds."""

    __tablename__ = "name_word"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)
    word: str = Field(sa_type=_BYTES)
    sounds_like: str = Field(sa_type=_BYTES)

    __table_args__ = (
        UniqueConstraint("kind", "word", name="uq_name_word"),
        Index("ix_name_word_sound", "kind", "sounds_like"),
        {"sqlite_autoincrement": True},  # a number is never used again: a list kept in memory reads on from its last
    )


class NameToken(SQLModel, table=True):
    """One word of one owner's names."""

    __tablename__ = "name_token"

    word_id: int = Field(foreign_key="name_word.id", primary_key=True)
    owner_id: int = Field(primary_key=True, sa_type=Integer)

    __table_args__ = (Index("ix_name_token_owner", "owner_id", "word_id"), {"sqlite_with_rowid": False})
