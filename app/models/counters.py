"""Counters for limits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Moment
from .keys import HASH_LENGTH


class Hit(Base):
    """How often a client did something within an hour. The bucket is a keyed hash: no address is stored."""

    __tablename__ = "hit"

    bucket: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    hour: Mapped[datetime] = mapped_column(Moment, primary_key=True, index=True)
    count: Mapped[int]


COUNT_HIT = text(
    "INSERT INTO hit (bucket, hour, count) VALUES (:bucket, :hour, :times) "
    "ON CONFLICT (bucket, hour) DO UPDATE SET count = hit.count + :times RETURNING count"
).bindparams(bindparam("hour", type_=Moment()), times=1)
