"""Web addresses: which a field takes, where in running text one stands, and what a link to it points at. The same for Word, PDF and HTML."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, urlsplit

LONGEST = 2000
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PORT = re.compile(r"[^/?#:]+:[0-9]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_PLACE = re.compile(r"\\\\[^\\/:*?\"<>|\s]+\\.|[a-z]:[\\/].|file://.", re.IGNORECASE)  # a folder of the house: \\srv\hms, S:\hms
_NEXT = re.compile(r"[ ,;](?:https?://|www\.)", re.IGNORECASE)
_STARTS = re.compile(r"https?://", re.IGNORECASE)
_ENDS = re.compile(r"[\s<>\"«»“”„\\]")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AROUND = ' <>"«»“”„'  # what may stand around a copied address, and is no part of any
_PAIRS = {")": "(", "]": "[", "}": "{"}
_AFTER = ".,;:!?'’…|*_"


_SHORT = 40


def shown_short(address: str) -> str:
    """The address as it is printed where a link leads to the whole: without what every address begins with; of a long one the host alone."""
    whole = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return whole if len(whole) <= _SHORT else whole.partition("/")[0]


class Link(NamedTuple):
    """An address in running text: where it stands, and what a link there points at."""

    start: int
    end: int
    target: str


def read_address(words: str) -> str | None:
    """The address in `words` as it is stored: https:// in front where nothing stood, spaces as %20; a folder of the house as it is.

    None for what is no address, for two of them, and for other schemes (javascript:).
    """
    if len(words) > 2 * LONGEST:
        return None
    typed = "".join(" " if unicodedata.category(c) == "Zs" else c for c in words if unicodedata.category(c) not in ("Cf", "Cc")).strip(_AROUND)
    typed = typed.rstrip(",; ")
    typed = typed[1:-1].strip(_AROUND) if typed[:1] + typed[-1:] in ("()", "[]") else typed
    if is_place(typed):
        return typed if len(typed) <= LONGEST else None
    whole = _SCHEME.match(typed) and not _PORT.match(typed)
    address = (typed if whole else f"https://{typed}").replace(" ", "%20")
    good = is_address(address) and not _NEXT.search(typed) and (whole or _is_said_alone(urlsplit(address).netloc))
    return address if good else None


def _is_said_alone(host: str) -> bool:
    """Whether a host that was typed without a scheme is one: a name with a point, or four numbers. Dates and other numbers hold points too."""
    last = host.partition(":")[0].rpartition(".")[2]
    return "." in host and (not last.isdecimal() or host.count(".") == 3)


def is_place(words: str) -> bool:
    """Whether `words` name a folder or file of the house. It is kept as words: a link to it would open on few machines."""
    return _PLACE.match(words) is not None and not any(c in '\n\r<>"|' for c in words)


def is_address(address: str) -> bool:
    """Whether `address` is a whole web address; a host without a dot (http://intranett/hms) is one."""
    try:
        parts = urlsplit(address)
        host, port = parts.netloc.removesuffix(f":{parts.port}"), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or port == 0 or len(address) > LONGEST or not _HOST.fullmatch(host):
        return False
    return not _ENDS.search(address)


def links_in(words: str) -> list[Link]:
    """The addresses in `words`. In running text the end of a sentence is no part of one; where it stands alone, only a full stop or comma is not."""
    if "://" not in words:
        return []
    found, at = [], 0
    while begins := _STARTS.search(words, at):
        stop = _ENDS.search(words, begins.end())
        end = stop.start() if stop else len(words)
        end = _without_sentence(words, begins.end(), end) if begins.start() > 0 or end < len(words) else len(words.rstrip(".,;:"))
        if end > begins.end():
            found.append(Link(begins.start(), end, target_of(words[begins.start() : end])))
        at = max(end, begins.end())
    return found


def _without_sentence(words: str, start: int, end: int) -> int:
    """Where an address ends that may be followed by a full stop, or stand in brackets. Brackets that it opens itself belong to it."""
    open_ = {closes: words.count(opens, start, end) - words.count(closes, start, end) for closes, opens in _PAIRS.items()}
    while end > start and (words[end - 1] in _AFTER or open_.get(words[end - 1], 0) < 0):
        if words[end - 1] in _PAIRS:
            open_[words[end - 1]] += 1
        end -= 1
    return end


def target_of(address: str) -> str:
    """`address` in the letters that a link may hold: the host in ASCII, the rest percent-encoded where it must be and never twice."""
    scheme, _, rest = address.partition("://")
    cut = next((at for at, c in enumerate(rest) if c in "/?#"), len(rest))
    before, mark, after = rest[cut:].partition("#")
    return f"{scheme.lower()}://{_ascii_host(rest[:cut])}{_encoded(before)}{mark}{_encoded(after)}"


def _encoded(words: str) -> str:
    sound = words.encode("utf-8", "replace")
    return _BARE_PERCENT.sub("%25", quote(sound, safe="/:?@!$&'()*+,;=~%-._"))


def _ascii_host(host: str) -> str:
    if host.isascii():
        return quote(host, safe="[]:@.-_~%")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host, safe=":@.-_~%")
