// What only a script can do for a reader: read a section aloud with a voice of the device itself, and open the browser's own print. Everything else
// works without it, so both buttons are hidden until they can do something.

const speech = window.speechSynthesis;
const button = document.querySelector("[data-aloud]");
const text = document.querySelector("article.reading-paper");
const PARTS = "h1, h2, h3, h4, h5, h6, p, li, caption, figcaption, tbody tr";
const LIKE = { nb: ["nb", "no"], nn: ["nn", "nb", "no"], en: ["en"] };

// Voices that read on a server are left out: the draft would be sent to somebody else.
function voice() {
  const own = speech.getVoices().filter((one) => one.localService);
  for (const language of LIKE[text.lang.slice(0, 2)] ?? []) {
    const found = own.find((one) => one.lang.toLowerCase().replace("_", "-").split("-")[0] === language);
    if (found) return found;
  }
  return undefined;
}

function offer() {
  if (voice()) button.hidden = false;
}

// A row of a table is heard as what it is about, and then each cell under the heading of its column.
function words(part) {
  const cells = [...part.querySelectorAll(":scope > :is(th, td)")];
  if (!cells.length) return part.textContent.trim();
  return cells.map((cell, at) => (at && cell.dataset.head ? `${cell.dataset.head}: ` : "") + cell.textContent.trim() + (cell.dataset.light ? `. ${cell.dataset.light}` : "")).join(". ");
}

function parts() {
  return [...text.querySelectorAll(PARTS)].filter((part) => !part.querySelector("p, li") && !part.closest("thead, svg")).map((part) => [part, words(part)]).filter(([, said]) => said);
}

let reading = false;

function stop() {
  reading = false;
  speech.cancel();
  text.querySelector(".read-now")?.classList.remove("read-now");
  button.textContent = button.dataset.start;
}

function say(queue, spoken) {
  text.querySelector(".read-now")?.classList.remove("read-now");
  if (!reading || !queue.length) return stop();
  const [[part, said], ...rest] = queue;
  const utterance = new SpeechSynthesisUtterance(said);
  utterance.voice = spoken;
  utterance.lang = spoken.lang;
  utterance.onend = () => { if (reading) say(rest, spoken); };
  utterance.onerror = () => { if (reading) stop(); };
  part.classList.add("read-now");
  return speech.speak(utterance);
}

function start() {
  reading = true;
  speech.cancel();
  button.textContent = button.dataset.stop;
  say(parts(), voice());
}

if (speech && button && text) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => (reading ? stop() : start()));
  window.addEventListener("pagehide", stop);
}

const printing = document.querySelector("[data-print]");
if (printing) {
  printing.hidden = false;
  printing.addEventListener("click", () => window.print());
}
