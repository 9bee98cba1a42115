"""What an e-mail address may look like. Narrower than the standard, and so that nothing in it can break a header."""

from __future__ import annotations

import re

LONGEST = 254  # RFC 5321
LONGEST_TYPED = 4 * LONGEST  # past this nobody even looks: it takes its time
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


def mail_address(typed: str) -> str:
    """The address as mail servers write it: a domain with æ, ø or å becomes xn--….

    Raises ValueError for what is no address. The message does not quote it.
    """
    local, _, domain = typed.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain and len(typed) <= LONGEST_TYPED else ""
    except UnicodeError:
        domain = ""
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or len(local) + 1 + len(domain) > LONGEST:
        raise ValueError("this is no e-mail address")
    return f"{local}@{domain}"
