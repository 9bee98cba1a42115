"""What one question brings about, as text to read on a console: for every answer, what the documents say with it and not with the others."""

from .report import UnknownIdError, show

__all__ = ["UnknownIdError", "show"]
