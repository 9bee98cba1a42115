#!/bin/sh
# One would expect that a yearly event from 29 February is read alike everywhere, and that a calendar's name is escaped like every other text.
# It is not: ical.js has the event on 1 March in common years, dateutil (which icalendar and vobject reckon with) only every fourth year. And icalendar
# writes NAME and X-WR-CALNAME as they come, with every semicolon in them, unless one gives them as vText.
# So the plan of this product has everything on the first Monday of a month, which all three find on the same days; and names are vText.
set -eu
ICALENDAR=7.3.2 VOBJECT=0.9.9 ICALJS=2.2.1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet "icalendar==$ICALENDAR" "vobject==$VOBJECT"
npm install --silent --no-fund --no-audit --prefix "$place" "ical.js@$ICALJS"
echo "icalendar $ICALENDAR, vobject $VOBJECT, ical.js $ICALJS"

cat >"$place/write.py" <<'PY'
import sys
from datetime import date
from icalendar import Calendar, Event
from icalendar.prop import vText

for name, day, rule in (("leap", date(2024, 2, 29), {"freq": "yearly"}), ("monday", date(2024, 2, 5), {"freq": "yearly", "bymonth": 2, "byday": "1MO"})):
    made, event = Calendar(), Event()
    made.add("prodid", "-//x//EN"), made.add("version", "2.0"), made.add("x-wr-calname", "Ås; AS")
    event.add("uid", name), event.add("dtstart", day), event.add("rrule", rule), event.add("summary", name)
    made.add_component(event)
    open(f"{sys.argv[1]}/{name}.ics", "wb").write(made.to_ical())
made = Calendar()
made.add("x-wr-calname", vText("Ås; AS"))
open(f"{sys.argv[1]}/named.ics", "wb").write(made.to_ical())
PY
cat >"$place/read.py" <<'PY'
import sys
from datetime import datetime
import vobject

event = vobject.readOne(open(sys.argv[1], encoding="utf-8").read()).vevent
print(" ".join(f"{at:%Y-%m-%d}" for at in event.getrruleset(addRDate=True).between(datetime(2024, 1, 1), datetime(2028, 12, 31), inc=True)))
PY
cat >"$place/read.mjs" <<'JS'
import ICAL from "ical.js";
import fs from "fs";
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8"))).getFirstSubcomponent("vevent"));
const days = [], times = event.iterator();
for (let at = times.next(); at && at.year <= 2028; at = times.next()) days.push(at.toString());
console.log(days.join(" "));
JS
"$place/venv/bin/python" "$place/write.py" "$place"
for name in leap monday; do
    "$place/venv/bin/python" "$place/read.py" "$place/$name.ics" >"$place/$name.vobject"
    (cd "$place" && node read.mjs "$place/$name.ics") >"$place/$name.icaljs"
    echo "$name, vobject: $(cat "$place/$name.vobject")"
    echo "$name, ical.js: $(cat "$place/$name.icaljs")"
done
grep -a "X-WR-CALNAME" "$place/leap.ics" "$place/named.ics" | sed 's/.*ics:/written: /'

cmp -s "$place/monday.vobject" "$place/monday.icaljs" || { echo "Changed: the first Monday is not the same day any more." >&2; exit 1; }
! cmp -s "$place/leap.vobject" "$place/leap.icaljs" || { echo "Changed: 29 February is read alike now." >&2; exit 1; }
grep -aqx "X-WR-CALNAME:Ås; AS.*" "$place/leap.ics" || { echo "Changed: the name is escaped now." >&2; exit 1; }
