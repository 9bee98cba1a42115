"""What an e-mail address may look like. Narrower than the standard, and so that nothing in it can break a header."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote

from .parsing import fold

LONGEST = 254  # RFC 5321
LONGEST_TYPED = 4 * LONGEST  # past this nobody even looks: it takes its time
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_SAID_BEFORE = re.compile(r"(?:mailto|smtp|e-?post|e-?mail|mail) ?: ?", re.IGNORECASE)
_AROUND = " '\"<>;,.:«»‹›“”„‚’‘"
_POINTS = dict.fromkeys(map(ord, "\u3002\uff0e\uff61"), ".")  # as RFC 3490 reads them
_JOINED = ("Mn", "Mc")
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


def mail_address(typed: str) -> str:
    """The address as mail servers write it: a domain with æ, ø or å becomes xn--….

    Raises ValueError for what is no address. The message does not quote it.
    """
    local, _, domain = typed.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if _is_named(domain) and len(typed) <= LONGEST_TYPED else ""
    except UnicodeError:
        domain = ""
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or len(local) + 1 + len(domain) > LONGEST:
        raise ValueError("this is no e-mail address")
    return f"{local}@{domain}"


def _is_named(domain: str) -> bool:
    """Whether it holds only what a name on the net may hold: a mark that was copied along would make another name of it."""
    return bool(domain) and all(c.isalnum() or c in "-." or unicodedata.category(c) in _JOINED for c in domain.translate(_POINTS))


def bare_address(typed: str) -> str:
    """The address alone in what a mail program puts on the clipboard: without a name, brackets, `mailto:`, or a mark at the end.

    What holds more than one address, or none, is returned as it is: a choice would be a guess.
    """
    words = fold(typed).rstrip(" ;,.:") if len(typed) <= LONGEST_TYPED else ""
    for before, after in (("<", ">"), ("[", "]"), ("(", ")")):
        if words.endswith(after) and words.count(before) == 1 and "@" in words[words.index(before) :]:
            name, _, address = words[:-1].partition(before)
            words = address if _is_name(name, _plain(address)) else words
    return _plain(words) or typed


def _is_name(words: str, address: str) -> bool:
    """Whether what stands before an address names its owner, and is not one more address."""
    return "@" not in words or words.strip(" \"'") == address


def _plain(words: str) -> str:
    """`words` without quotation marks, brackets around it all, `mailto:` and what a link says of the letter."""
    words = words.strip(_AROUND)
    if said := _SAID_BEFORE.match(words):
        words = words[said.end() :].partition("?")[0].strip()
        words = unquote(words) if "mailto" in said[0].lower() else words
    return words


def sender_of(words: str) -> Address:
    """Who sends, from `Name <address>` or an address alone. A name may hold any mark: it is quoted where a header needs it.

    Raises ValueError for what could not be sent: no address, or a name that does not come out of a letter as it went in.
    """
    name, bracket, address = words.strip().rpartition("<")
    if (bracket and not address.endswith(">")) or len(name) > LONGEST_TYPED or len(name.splitlines()) > 1:
        raise ValueError("this is no sender")
    name = _unquoted(" ".join(name.split()))
    sender = Address(name, addr_spec=mail_address(address[:-1] if bracket else address))
    if not name.isprintable() or {"<", ">"} & set(name) or _as_received(sender) != (name, sender.addr_spec):
        raise ValueError("this is no sender")
    return sender


def _unquoted(name: str) -> str:
    if len(name) > 1 and name[0] == name[-1] == '"':
        return name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return name


def _as_received(sender: Address) -> tuple[str, str]:
    """The sender as a mail program reads it."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    (found,) = message_from_bytes(letter.as_bytes(), policy=SMTP)["From"].addresses
    return found.display_name, found.addr_spec
