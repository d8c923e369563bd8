"""What "heard before?" looks names up in: every word of every name, and the distinct words with their sound."""

from sqlalchemy import Index, Integer, String
from sqlmodel import Field, SQLModel

_BYTES = String(60).with_variant(String(60, collation="C"), "postgresql")
"""Compared byte by byte on both stores, so that a prefix is a range."""


class NameToken(SQLModel, table=True):
    """A word of a name, and whose it is."""

    __tablename__ = "name_token"

    token: str = Field(primary_key=True, sa_type=_BYTES)
    kind: str = Field(primary_key=True, max_length=10)
    owner_id: int = Field(primary_key=True, sa_type=Integer)

    __table_args__ = (Index("ix_name_token_owner", "kind", "owner_id"), {"sqlite_with_rowid": False})


class NameWord(SQLModel, table=True):
    """A distinct word of names and how it sounds, so that a search widens over words and not over people."""

    __tablename__ = "name_word"

    word: str = Field(primary_key=True, sa_type=_BYTES)
    kind: str = Field(primary_key=True, max_length=10)
    sounds_like: str = Field(sa_type=_BYTES, index=True)
