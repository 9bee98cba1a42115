"""Who people are: a person, the browsers where they are signed in, their passkeys, and mails that let them in."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_security.core import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, LargeBinary, String, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.pack.text import LANGUAGES, Language

from .db import Base, Moment, db, one_of, only_read
from .keys import HASH_LENGTH, ID_LENGTH, hashed, new_id, new_key
from .policy import TOUCH_EVERY

EMAIL_LENGTH = 254  # RFC 5321
NAME_LENGTH = 120
ONWARD_LENGTH = 300
SITTING_LASTS = timedelta(days=30)  # since the browser was last used
SIGN_IN_LASTS = timedelta(minutes=15)
DOUBLE_CLICK = timedelta(minutes=1)  # the same browser may send the same form again: of two clicks it hears the answer to the second alone
CODE_DIGITS = 8  # with 150 guesses an hour at the most (five for each of 30 mails), six would be too few
TRIES = 5
NEW_FOR = timedelta(days=7)  # whoever makes an account to write to strangers does so at once


def address_of(email: str) -> str:
    """An e-mail address as it is stored and compared: without space around it, in small letters, the domain in its own (blåbær.no, not xn--…)."""
    local, at, domain = email.strip().lower().rpartition("@")
    try:
        return local + at + (domain.encode("idna").decode("idna") if len(domain) <= EMAIL_LENGTH else domain)
    except UnicodeError:
        return local + at + domain


class Person(UserMixin, Base):
    """Somebody with an account, known by an e-mail address that they have shown to be theirs."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(one_of("language", LANGUAGES), name="language"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    language: Mapped[Language] = mapped_column(String(2))
    active: Mapped[bool] = mapped_column()
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    webauthn: Mapped[list[Passkey]] = relationship(back_populates="person", passive_deletes=True, cascade="all, delete-orphan")  # type: ignore[assignment]

    sitting_key: str = ""  # of the browser that asks; Flask-Login keeps it in the signed cookie
    password = None  # nobody has one
    roles: tuple[()] = ()  # type: ignore[assignment]  # a role belongs to a workplace: see Member

    @classmethod
    def start(cls, email: str, language: Language, name: str = "") -> Person:
        """A new account, to be added to the session."""
        return cls(
            id=new_id(), email=address_of(email), name=name, language=language, active=True,
            fs_uniquifier=new_key(), fs_webauthn_user_handle=secrets.token_hex(32), created_at=now(),
        )  # fmt: skip

    @classmethod
    def with_email(cls, email: str) -> Person | None:
        """The person with this address."""
        return db.session.scalar(select(cls).where(cls.email == address_of(email)))

    @classmethod
    def of(cls, email: str, language: Language) -> Person:
        """The person with this address; a new account, added to the session, when there is none."""
        if found := cls.with_email(email):
            return found
        person = cls.start(email, language)
        try:
            with db.session.begin_nested():
                db.session.add(person)
        except IntegrityError:  # another window was quicker
            return db.session.scalars(select(cls).where(cls.email == address_of(email))).one()
        return person

    def get_id(self) -> str:
        """What the cookie holds: the key of this browser's sitting, so that one browser can be signed out without the others."""
        return self.sitting_key

    def sit_down(self) -> str:
        """Sign one more browser in; its key."""
        self.sitting_key = new_key()
        at = now()
        db.session.add(Sitting(key_hash=hashed(self.sitting_key), person_id=self.id, began_at=at, used_at=at))
        return self.sitting_key

    def leave(self, sitting_hash: str | None) -> None:
        """End the sitting of this person whose key has this hash."""
        db.session.execute(delete(Sitting).where(Sitting.person_id == self.id, Sitting.key_hash == sitting_hash))

    def leave_others(self, key: str) -> None:
        """End every sitting of this person but that of the browser with `key`."""
        db.session.execute(delete(Sitting).where(Sitting.person_id == self.id, Sitting.key_hash != hashed(key)))

    def leave_everywhere(self) -> None:
        """End every sitting of this person."""
        db.session.execute(delete(Sitting).where(Sitting.person_id == self.id))

    def sittings(self) -> int:
        """In how many browsers they are signed in."""
        return db.session.scalar(select(func.count()).where(Sitting.person_id == self.id, Sitting.used_at > now() - SITTING_LASTS)) or 0

    def passkeys(self) -> Sequence[Passkey]:
        """Their passkeys, in the order in which they made them."""
        return db.session.scalars(select(Passkey).where(Passkey.user_id == self.id).order_by(Passkey.create_datetime, Passkey.id)).all()

    def is_new(self) -> bool:
        """Whether they have had their account for less than a week."""
        return now() - self.created_at < NEW_FOR

    def called(self) -> str:
        """Their name, or their address as long as they have given none."""
        return self.name or self.email


class Sitting(Base):
    """A browser where a person is signed in. Deleting the row signs it out at once, wherever its cookie is."""

    __tablename__ = "sitting"

    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def person_with(cls, key: str) -> Person | None:
        """Whoever sits in the browser with `key`; None when it was signed out, or not used for 30 days."""
        only_read()
        found = select(Person).join(cls).where(cls.key_hash == hashed(key), cls.used_at > now() - SITTING_LASTS, Person.active)
        person = db.session.scalar(found)
        if person:
            person.sitting_key = key
        return person

    @classmethod
    def end(cls, key: str) -> None:
        """Sign the browser with `key` out."""
        db.session.execute(delete(cls).where(cls.key_hash == hashed(key)))

    @classmethod
    def touch(cls, key: str) -> None:
        """The browser was used; written once a day at most. A sitting that is over does not come back to life."""
        at = now()
        due = (cls.key_hash == hashed(key), cls.used_at < at - TOUCH_EVERY, cls.used_at > at - SITTING_LASTS)
        db.session.execute(update(cls).where(*due).values(used_at=at))

    @classmethod
    def purge(cls, at: datetime) -> None:
        """Delete the sittings that are over, and mails that let nobody in any more."""
        db.session.execute(delete(cls).where(cls.used_at <= at - SITTING_LASTS))
        db.session.execute(delete(SignIn).where(SignIn.expires_at <= at))


class Passkey(WebAuthnMixin, Base):
    """A passkey: the public half of a key that a telephone, a computer or a stick holds. Field names are Flask-Security's."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)  # type: ignore[assignment]
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column()
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    extensions: Mapped[str | None] = mapped_column(String(255))
    backup_state: Mapped[bool] = mapped_column()
    device_type: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    create_datetime: Mapped[datetime] = mapped_column(Moment, default=now)
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship(back_populates="webauthn")

    @classmethod
    def find(cls, credential_id: bytes) -> Passkey | None:
        """The passkey with this id. Nobody else can use it before this transaction ends: its counter must grow with every use."""
        return db.session.scalar(select(cls).where(cls.credential_id == credential_id).with_for_update().execution_options(populate_existing=True))


class Entry(NamedTuple):
    """What a mail that was used gives: who comes in, and where to. `sitting_hash` is of the sitting that a click just before this one made."""

    email: str
    onward: str
    token_hash: str
    sitting_hash: str | None


class SignIn(Base):
    """A mail that lets somebody in: by its link, or by its code in the browser that asked for it. Good once, for 15 minutes."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), index=True)
    browser_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))  # empty when this browser has asked anew: the link is still good, the code is not
    tries: Mapped[int] = mapped_column()
    onward: Mapped[str] = mapped_column(String(ONWARD_LENGTH))  # where they were when they were asked to sign in; a path of ours
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    used_by: Mapped[str | None] = mapped_column(String(HASH_LENGTH))  # the browser that used it
    sitting_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH))  # the sitting that came of it

    @classmethod
    def ask(cls, email: str, browser: str, secret: str, onward: str = "") -> tuple[str, str]:
        """Let `email` in from the browser with this key: the token for the link, and the code. Only keyed hashes are stored.

        A code that this browser asked for before is good no more; the link of that mail is, for mails overtake each other.
        """
        token, code = new_key(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        db.session.execute(update(cls).where(cls.browser_hash == hashed(browser)).values(code_hash=""))
        asked = cls(
            token_hash=hashed(token), email=address_of(email), browser_hash=hashed(browser), code_hash=_keyed(secret, hashed(token), code),
            tries=0, onward=onward, expires_at=now() + SIGN_IN_LASTS, used_at=None, used_by=None, sitting_hash=None,
        )  # fmt: skip
        db.session.add(asked)
        return token, code

    @classmethod
    def waiting_in(cls, browser: str) -> SignIn | None:
        """The mail that the browser with this key asked for last, if it may still be used."""
        only_read()
        return db.session.scalar(select(cls).where(*cls._of(browser), cls.used_at.is_(None)))

    @classmethod
    def offered(cls, token: str) -> str | None:
        """The address that a link would let in, without using it up. None when it is unknown, used or late."""
        only_read()
        return db.session.scalar(select(cls.email).where(cls.token_hash == hashed(token), cls.used_at.is_(None), cls.expires_at > now()))

    @classmethod
    def is_good_for(cls, email: str) -> bool:
        """Whether a mail that was asked for, by whomever, would still let this address in."""
        good = (cls.email == address_of(email), cls.used_at.is_(None), cls.expires_at > now())
        return db.session.scalar(select(cls.token_hash).where(*good).limit(1)) is not None

    @classmethod
    def by_link(cls, token: str, browser: str) -> Entry | None:
        """Use the link up, in the browser with this key. None when it is unknown, used or late."""
        return cls._use(hashed(token), browser)

    @classmethod
    def by_code(cls, code: str, browser: str, secret: str) -> Entry | None:
        """Use the code up. Counts the tries: after five wrong ones it lets nobody in."""
        tried = update(cls).where(*cls._of(browser), or_(and_(cls.used_at.is_(None), cls.tries < TRIES), cls._just_used(browser)))
        row = db.session.execute(tried.values(tries=cls.tries + 1).returning(cls.token_hash, cls.code_hash)).first()
        if row is None or not hmac.compare_digest(row.code_hash, _keyed(secret, row.token_hash, code)):
            return None
        return cls._use(row.token_hash, browser)

    @classmethod
    def _use(cls, token_hash: str, browser: str) -> Entry | None:
        at, me = now(), hashed(browser)
        good = (cls.token_hash == token_hash, cls.expires_at > at, or_(cls.used_at.is_(None), cls._just_used(browser)))
        used = update(cls).where(*good).values(used_at=func.coalesce(cls.used_at, at), used_by=me)
        row = db.session.execute(used.returning(cls.email, cls.onward, cls.token_hash, cls.sitting_hash, cls.browser_hash)).first()
        if row is None:
            return None
        return Entry(row.email, row.onward if row.browser_hash == me else "", row.token_hash, row.sitting_hash)

    @classmethod
    def _of(cls, browser: str) -> tuple[ColumnElement[bool], ...]:
        return (cls.browser_hash == hashed(browser), cls.code_hash != "", cls.expires_at > now())

    @classmethod
    def _just_used(cls, browser: str) -> ColumnElement[bool]:
        return and_(cls.used_by == hashed(browser), cls.used_at > now() - DOUBLE_CLICK)

    @classmethod
    def led_to(cls, token_hash: str, sitting_key: str) -> None:
        """Remember the sitting that came of this mail."""
        db.session.execute(update(cls).where(cls.token_hash == token_hash).values(sitting_hash=hashed(sitting_key)))


def _keyed(secret: str, token_hash: str, code: str) -> str:
    """A code has only a hundred million values: without the app's secret its hash could be tried through."""
    return hmac.new(secret.encode(), f"{token_hash} {code}".encode("utf-8", "replace"), "sha256").hexdigest()
