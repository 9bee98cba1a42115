#!/bin/sh
# A header that holds one word of the data makes Typst lay out everything anew when that word changes; a header that looks the word up does not.
#
# A kept compiler lays out only what changed, one is told. But `set page(header: …)` is a style, styles are part of what every paragraph is kept
# by, and so a changed word in a header, a footer or `set document(title: …)` makes every paragraph new. So do data in `sys.inputs`.
# Measured as processor time of the second of two documents that differ in that word alone. Fails when the difference is gone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install typst==0.15.2
cat > "$folder/try.py" <<'PYTHON'
import json, time
from statistics import median
import typst

HELD = '#let d = json("d.json")\n#set page(header: d.name)\n'
LOOKED_UP = '#let d = json("d.json")\n#metadata(d.name) <name>\n#set page(header: context query(<name>).first().value)\n'
TITLE = '#let d = json("d.json")\n#set document(title: d.name)\n'
BODY = "#for words in d.text { par(words) }\n"
TEXT = [f"{at}. " + "Vi vil ha en arbeidsplass der alle kan være trygge. " * 6 for at in range(300)]

def second(head, compiler):
    def draw(name):
        files = {"main.typ": (head + BODY).encode(), "d.json": json.dumps({"name": name, "text": TEXT}).encode()}
        begun = time.process_time()
        compiler.compile(input=files, format="pdf", timestamp=0)
        return time.process_time() - begun
    for _ in range(12):
        compiler.compile(input=b"", format="pdf")  # forget all
    first = draw("Solsiden")
    return draw("Solbakken") / first

print("typst", typst.__version__)
shares = {name: median(second(head, typst.Compiler()) for _ in range(5)) for name, head in (("held", HELD), ("title", TITLE), ("looked up", LOOKED_UP))}
for name, share in shares.items():
    print(f"  {name}: the second document takes {share:.0%} of the first's time")
assert shares["held"] > 0.7 and shares["title"] > 0.7 and shares["looked up"] < 0.5 * shares["held"], "Typst has changed"
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
