"""HR's side of a review: importing this module makes all of its views known to the blueprint."""

from . import answers, downloads, hr, meetings
from .office import bp

__all__ = ["answers", "bp", "downloads", "hr", "meetings"]
