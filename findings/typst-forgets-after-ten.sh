#!/bin/sh
# Typst in Python never gives memory back by itself, and has no call for it; drawing empty documents does it.
#
# What was laid out is kept until ten documents in a row did not use it, in the whole process, whichever compiler drew them. A server that draws
# other documents each time settles at ten times the cost of one. Four empty documents after each (0.1 ms each) keep the last two alone.
# Fails when the difference is gone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install typst==0.15.2
cat > "$folder/try.py" <<'PYTHON'
import sys, re
import typst

BODY = '#set page(numbering: "1")\n#for at in range(250) { par("%d " + str(at) + " Vi vil ha en arbeidsplass der alle kan være trygge. " * 6) }\n'
compiler, empty = typst.Compiler(), typst.Compiler()
for at in range(40):
    compiler.compile(input=(BODY % at).encode(), format="pdf", timestamp=0)
    for _ in range(int(sys.argv[1])):
        empty.compile(input=b"", format="pdf")
print(int(re.search(r"VmRSS:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024)
PYTHON
plain=$("$folder/venv/bin/python" "$folder/try.py" 0)
aged=$("$folder/venv/bin/python" "$folder/try.py" 4)
echo "typst 0.15.2: $plain MB after 40 documents, $aged MB with four empty ones after each"
test "$aged" -lt $((plain * 7 / 10))
