// The risk picture while it is answered: the number and its band, the marks in the picture, and the table, from the numbers chosen.
// The same as app/documents/risk_chart.py draws; the bands and where the field lies come from there.

const SVG = "http://www.w3.org/2000/svg";

function start(question) {
  const { bands, field } = JSON.parse(question.dataset.risk);
  const rows = [...question.querySelectorAll(".risk-row")];
  const picture = question.querySelector(".picture svg > g");
  const table = question.querySelector(".ranked");
  const marks = new Map();
  picture.replaceChildren();

  function risk(row) {
    const values = [...row.querySelectorAll(".segment input:checked")].map((box) => Number(box.parentElement.dataset.value)).filter(Boolean);
    if (values.length !== 2) return null;
    const [across, up] = values;
    const score = across * up;
    return { row, number: row.dataset.number, name: row.dataset.name, across, up, score, band: bands.find((band) => score >= band.least) };
  }

  function chip({ score, band }) {
    const said = document.createElement("span");
    const symbol = document.createElement("span");
    said.className = "chip";
    said.dataset.tone = band.tone;
    symbol.setAttribute("aria-hidden", "true");
    symbol.textContent = band.symbol;
    said.append(symbol, ` ${score} – ${band.word}`);
    return said;
  }

  function number(row, found) {
    const place = row.querySelector(".score");
    const said = found ? chip(found) : null;
    if (place.textContent.trim() === (said?.textContent ?? "").trim()) return;
    place.replaceChildren(...(said ? [said] : []));
    if (found?.band === bands[0]) row.querySelector(".edit").open = true;
  }

  function rank(found) {
    const ranked = [...found].sort((one, other) => other.score - one.score);
    table.hidden = !ranked.length;
    table.tBodies[0].replaceChildren(...ranked.map((one) => {
      const line = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = `${one.number}. ${one.name}`;
      line.append(head);
      line.insertCell().textContent = `${one.across} × ${one.up}`;
      line.insertCell().append(chip(one));
      return line;
    }));
  }

  // Those in one field stand in as many rows as make them largest.
  function draw(found) {
    const fields = new Map();
    for (const one of found) {
      const key = `${one.across} ${one.up}`;
      fields.set(key, [...(fields.get(key) ?? []), one]);
    }
    const seen = new Set();
    for (const together of fields.values()) {
      const columns = Math.min(together.length, Math.max(3, Math.ceil(Math.sqrt((together.length * field.across) / field.up))));
      const lines = Math.ceil(together.length / columns);
      const size = Math.min(field.across / columns, field.up / lines, field.largest);
      together.forEach((one, at) => {
        const left = field.left + (one.across - 0.5) * field.across - ((columns - 1) * size) / 2;
        const top = field.bottom - (one.up - 0.5) * field.up - ((lines - 1) * size) / 2;
        place(one, left + (at % columns) * size, top + Math.floor(at / columns) * size, size * 0.4);
        seen.add(one.number);
      });
    }
    for (const [id, mark] of marks) {
      if (seen.has(id)) continue;
      mark.remove();
      marks.delete(id);
    }
  }

  function place(one, x, y, r) {
    let mark = marks.get(one.number);
    if (!mark) {
      mark = document.createElementNS(SVG, "g");
      mark.append(document.createElementNS(SVG, "path"), document.createElementNS(SVG, "text"));
      marks.set(one.number, mark);
      picture.append(mark);
    } else {
      mark.classList.add("moves");
    }
    const [shape, words] = mark.children;
    const isTriangle = one.band.tone === "yellow";
    mark.style.transform = `translate(${x}px, ${y}px)`;
    shape.setAttribute("d", outline(one.band.tone, r));
    shape.setAttribute("fill", one.band.fill);
    shape.setAttribute("stroke", "#1F2A2B");
    shape.setAttribute("stroke-width", "1.4");
    shape.setAttribute("stroke-linejoin", "round");
    words.textContent = one.number;
    words.setAttribute("text-anchor", "middle");
    words.setAttribute("font-weight", "600");
    words.setAttribute("font-size", r * (isTriangle ? 0.82 : 1));
    words.setAttribute("y", r * (isTriangle ? 0.72 : 0.36));
  }

  function outline(tone, r) {
    if (tone === "yellow") return `M0 ${-1.15 * r}L${1.12 * r} ${r}H${-1.12 * r}Z`;
    if (tone === "red") return `M${-0.95 * r} ${-0.95 * r}H${0.95 * r}V${0.95 * r}H${-0.95 * r}Z`;
    return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  }

  function show() {
    const all = rows.map((row) => [row, risk(row)]);
    const found = all.map(([, one]) => one).filter(Boolean);
    for (const [row, one] of all) number(row, one);
    rank(found);
    draw(found);
  }

  question.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

document.querySelectorAll(".risk").forEach(start);
