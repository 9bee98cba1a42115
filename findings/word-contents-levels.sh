#!/bin/sh
# Which headings LibreOffice takes into a table of contents that Word's field `TOC \o "2-3"` asks for.
#
# Expected: headings 2 and 3, as Word does (the built-in styles alone, from level 2 to level 3).
# Seen (LibreOffice 7.4.7.2, python-docx 1.2.0): updating the index takes in Heading 1 too, and every paragraph whose style, of whatever name, has an outline
# level up to 3; the file that it saves says `\o "1-3"`. With `\t "heading 2;2;heading 3;3"` instead the updated index is empty.
# Fails when one of these changes. Needs LibreOffice Writer; installs python-docx in a temporary folder.
set -eu
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"; "$work/venv/bin/pip" -q install python-docx==1.2.0
soffice --version
cat > "$work/make.py" <<'PY'
import sys
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

def mark(kind): return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
def made(path, code):
    document = Document()
    own = document.styles.add_style("Own Inner Heading", WD_STYLE_TYPE.PARAGRAPH)
    own.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
    document.add_heading("The Title", 1)
    field = mark("begin") + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + mark("separate") + "<w:r><w:t>old</w:t></w:r>" + mark("end")
    document.element.body.insert(1, parse_xml(f'<w:p {nsdecls("w")}>{field}</w:p>'))
    document.add_heading("A Chapter", 2); document.add_paragraph("Inner", style=own); document.add_heading("A Section", 3)
    document.save(path)
made(sys.argv[1] + "/levels.docx", r'TOC \o &quot;2-3&quot; \h'); made(sys.argv[1] + "/styles.docx", r'TOC \h \t &quot;heading 2;2;heading 3;3&quot;')
PY
"$work/venv/bin/python" "$work/make.py" "$work"
profile="$work/profile"; office() { soffice "-env:UserInstallation=file://$profile" --headless "$@" >/dev/null 2>&1; }
office --convert-to txt:Text --outdir "$work" "$work/levels.docx"   # the first start makes the profile
basic="$profile/user/basic/Standard"
cat > "$basic/Module1.xba" <<'XBA'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Updated(from As String, into As String, how As String)
  Dim no(0) As New com.sun.star.beans.PropertyValue
  no(0).Name = "Hidden"
  no(0).Value = True
  doc = StarDesktop.loadComponentFromURL(from, "_blank", 0, no())
  For i = 0 To doc.getDocumentIndexes().getCount() - 1
    doc.getDocumentIndexes().getByIndex(i).update()
  Next i
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = how
  doc.storeToURL(into, kind())
  doc.close(True)
End Sub
</script:module>
XBA
grep -q Module1 "$basic/script.xlb" || sed -i 's#/>\s*$#><library:element library:name="Module1"/></library:library>#' "$basic/script.xlb"
for name in levels styles; do
  office "macro:///Standard.Module1.Updated(\"file://$work/$name.docx\",\"file://$work/$name.txt\",\"Text\")"
  echo "== $name"; grep "	" "$work/$name.txt" || echo "(no entries)"
done
office "macro:///Standard.Module1.Updated(\"file://$work/levels.docx\",\"file://$work/again.docx\",\"MS Word 2007 XML\")"
mkdir "$work/x"; (cd "$work/x" && python3 -m zipfile -e ../again.docx .)
grep -o 'TOC [^<]*' "$work/x/word/document.xml"
[ "$(grep -c "	" "$work/levels.txt")" = 4 ] && grep -q "^The Title	" "$work/levels.txt" && grep -q "^Inner	" "$work/levels.txt"
! grep -q "	" "$work/styles.txt"
grep -q 'TOC .*1-3' "$work/x/word/document.xml"
echo "as described"
