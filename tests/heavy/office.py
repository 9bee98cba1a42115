"""LibreOffice at work for a test: files turned into PDF, their headings by page, and their tables of contents updated."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pypdf

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Updated(from As String, into As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(from, "_blank", 0, hidden())
  found = doc.getDocumentIndexes()
  For i = 0 To found.getCount() - 1
    found.getByIndex(i).update()
  Next i
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "Text"
  doc.storeToURL(into, kind())
  doc.close(True)
End Sub
</script:module>
"""


def soffice(profile: Path, *command: str) -> None:
    """Run LibreOffice without a screen, in a profile of its own."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make check installs it"
    subprocess.run([program, f"-env:UserInstallation={profile.as_uri()}", "--headless", *command], check=True, capture_output=True, timeout=600)


def converted(folder: Path, files: Iterable[Path], kind: str = "pdf") -> Path:
    """The files in another format, in a folder of their own."""
    out = folder / f"as-{kind.partition(':')[0]}"
    soffice(folder / "profile", "--convert-to", kind, "--outdir", str(out), *map(str, files))
    return out


def headings(file: Path) -> list[tuple[str, int]]:
    """Each heading of a PDF with the page it stands on, in order."""
    reader = pypdf.PdfReader(file)

    def walk(items: list) -> Iterable[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            else:
                yield " ".join(str(item.title).split()), (reader.get_destination_page_number(item) or 0) + 1

    return list(walk(reader.outline))


def with_contents_updated(folder: Path, file: Path) -> list[tuple[str, str]]:
    """The entries of the table of contents, with their pages, after LibreOffice reckoned it anew."""
    profile, out = folder / "basic", folder / f"{file.stem}.txt"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    if not module.exists():
        soffice(profile, "--convert-to", "txt:Text", "--outdir", str(folder), str(file))  # the first start makes the profile
        module.parent.mkdir(parents=True, exist_ok=True)
        library = module.with_name("script.xlb")
        words = library.read_text("utf-8")
        if "Module1" not in words:
            library.write_text(re.sub(r"/>\s*$", '>\n <library:element library:name="Module1"/>\n</library:library>\n', words), "utf-8")
    module.write_text(MODULE, "utf-8")
    out.unlink(missing_ok=True)
    soffice(profile, f'macro:///Standard.Module1.Updated("{file.as_uri()}","{out.as_uri()}")')
    return re.findall(r"^(\S.*)\t(\d+)$", out.read_text("utf-8-sig"), re.MULTILINE)
