"""The words of a PDF, page by page: a program of its own, which reads the file from its input and writes JSON.

Strangers send these files. The reader is given so much time and memory and no more, and when it is gone nothing else is: that takes a process.
It imports nothing of ours, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import sys

from pypdf import PdfReader
from pypdf.errors import PyPdfError

PAGES = 120
SECONDS = 20
MEMORY = 768 * 1024 * 1024


def bound() -> None:
    """Ask the system to stop this process when it takes too much; where it cannot (Windows), whoever started it does."""
    try:
        import resource  # not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def words_of(data: bytes) -> list[str]:
    """The text of each page. Raises PyPdfError, or what a broken file makes the reader raise."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted or len(reader.pages) > PAGES:
        raise PyPdfError
    return [page.extract_text() for page in reader.pages]


def main() -> int:
    """Read the PDF on the input, and write its pages; 1 when it cannot be read."""
    bound()
    try:
        pages = words_of(sys.stdin.buffer.read())
    except Exception:  # noqa: BLE001 – whatever is wrong with the file, it cannot be read
        return 1
    sys.stdout.buffer.write(json.dumps(pages).encode("ascii", "backslashreplace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
