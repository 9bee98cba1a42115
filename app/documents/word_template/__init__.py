"""A workplace's own Word template: taken in from strangers, reduced to what a document is drawn with, and read again."""

from .kept import Kept, opened
from .taking import MAX_TEMPLATE, Template, TemplateError, taken

__all__ = ["MAX_TEMPLATE", "Kept", "Template", "TemplateError", "opened", "taken"]
