"""The form with which an owner opens the public page of a policy."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from app.models.publications import NAME_LENGTH, Publication
from app.values.web_address import is_address
from app.web.fields import Area, Line
from app.web.files import in_ascii
from app.web.forms import Form

MOST_FRAMES = 5
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
_OTHER = re.compile(r"[^a-z0-9]+")


class PublishForm(Form):
    """The name that the address ends with, and the pages that may show it in a frame."""

    name = Line("publish_name", 200, help="publish_name_help", missing="publish_name_missing", render_kw={"class": "ds-input short"})
    frames = Area("publish_frames", 1000, help="publish_frames_help")

    def read(self, policy_id: str) -> tuple[str, list[str]] | None:
        """The name and the origins; None when something is wrong."""
        self.validate()
        name = self.name.data.strip().lower()
        if name and not NAME.fullmatch(name):
            self.name.wrong("publish_name_wrong", most=NAME_LENGTH)
        elif name and Publication.is_taken(name, policy_id):
            self.name.wrong("publish_name_taken")
        origins = [origin_of(line) for line in self.frames.data.splitlines() if line.strip()]
        if not all(origins):
            self.frames.wrong("publish_frames_wrong")
        elif len(origins) > MOST_FRAMES:
            self.frames.wrong("publish_frames_many", most=MOST_FRAMES)
        return None if self.faults else (name, list(dict.fromkeys(origins)))


def origin_of(typed: str) -> str:
    """The origin in an address that somebody typed, https alone; empty when there is none."""
    words = typed.strip().rstrip("/").lower()
    address = words if "://" in words else f"https://{words}"
    parts = urlsplit(address) if is_address(address) else None
    whole = parts and parts.scheme == "https" and "@" not in parts.netloc and parts.netloc.isascii() and not parts.netloc.startswith("[")
    return f"https://{parts.netloc}" if parts and whole and "." in parts.netloc else ""


def suggested(workplace: str) -> str:
    """A name made of that of the workplace: bedre-drift-as."""
    ascii = in_ascii(unicodedata.normalize("NFC", workplace.lower()))
    return _OTHER.sub("-", ascii).strip("-")[:NAME_LENGTH].strip("-")
