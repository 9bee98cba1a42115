// Saves the page as one types, and tidies what only a script can. Everything works without it.

const form = document.querySelector("form[data-autosave]");
const state = document.getElementById("save-state");
const PAUSE = 900;
const RETRY = 10000;

let timer = 0;
let running = null;
let stopped = false;
let warned = false;
let pressed = false;
let faults = {};
let saved = form ? fields(untouched()) : "";

// The form as it came. What somebody typed before this script was there is not saved yet.
function untouched() {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}

function fields(from = form) {
  const data = new FormData(from);
  for (const name of ["csrf_token", "fingerprint", "form", "to"]) data.delete(name);
  return new URLSearchParams(data).toString();
}

function say(words, bad) {
  state.dataset.state = bad ? "bad" : "";
  if (state.textContent !== words) state.textContent = words;
}

function later(wait) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, wait);
}

async function save() {
  clearTimeout(timer);
  if (stopped || running) return running ? running.then(() => later(PAUSE)) : undefined;
  const now = fields();
  if (now === saved) return undefined;
  running = send(now).finally(() => { running = null; });
  return running;
}

async function send(now) {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Autosave": "1", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
    });
    await take(response, now);
  } catch {
    say(form.dataset.offline, true);
    later(RETRY);
  }
}

async function take(response, now) {
  if (response.ok) {
    const told = await response.json();
    form.elements.fingerprint.value = told.fingerprint;
    saved = now;
    say(told.message, false);
    tellUnsent(told.unsent);
    faults = told.faults ?? {};
    mark();
    if (fields() !== saved) later(PAUSE);
  } else if (response.status === 409) {
    stopped = true;
    const told = await response.json().catch(() => ({}));
    say(told.message ?? form.dataset.conflict, true);
  } else if (response.status === 429 || response.status === 503) {
    say(form.dataset.slow, true);
    later(RETRY);
  } else {
    say((await words(response)) || form.dataset.failed, true);
  }
}

// A reader sees how much is not sent yet also after the first words of a page were saved.
function tellUnsent(words) {
  const line = document.getElementById("unsent-line");
  if (!line || words === undefined) return;
  const link = line.querySelector("a") ?? Object.assign(document.createElement("a"), { className: "tall", href: line.dataset.at });
  link.textContent = words;
  if (words) line.append(link); else link.remove();
}

// Why nothing was saved, where the server says so in words.
async function words(response) {
  const told = await response.json().catch(() => ({}));
  return told.message;
}

// What could not be saved is said at its field too, but not in the face of whoever is still typing there.
function mark() {
  if (pressed) return; // a line that comes now would move what is being pressed
  for (const line of document.querySelectorAll(".unsaved, .told")) {
    const field = document.getElementById(line.dataset.of);
    if (field) heal(field, line.id);
    line.remove();
  }
  for (const [name, words] of Object.entries(faults)) {
    const field = document.getElementById(`f-${name}`);
    if (!field || field === document.activeElement || document.getElementById(`error-${name}`)) continue;
    const line = document.createElement("p");
    line.className = "ds-validation-message unsaved";
    line.id = `unsaved-${name}`;
    line.dataset.of = field.id;
    line.textContent = words;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
    (field.closest(".options, .radios") ?? field).before(line);
  }
}

// A field is at fault no longer, or not by this line.
function heal(field, line) {
  field.removeAttribute("aria-invalid");
  const rest = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== line).join(" ");
  if (rest) field.setAttribute("aria-describedby", rest);
  else field.removeAttribute("aria-describedby");
}

// Whoever leaves a field hears at once whether it could be read: what is not saved yet is saved now.
function left() {
  if (!running && fields() !== saved) later(0);
  setTimeout(mark);
}

// A button that writes a day into its field, without asking for the page again.
function write(event) {
  const button = event.target.closest("button[data-fills]");
  if (!button?.dataset.fills) return;
  event.preventDefault();
  const field = document.getElementById(`f-${button.value.split("-")[0]}`);
  field.value = button.dataset.fills;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  later(0);
}

// Paper shows all of what stands in a field, also what was typed since the page came, and what is too long for its box.
function ontoPaper() {
  for (const area of document.querySelectorAll("textarea")) {
    const copy = area.parentElement.querySelector(".on-paper");
    if (copy) copy.textContent = area.value;
  }
  for (const input of document.querySelectorAll("input[type=text]")) {
    if (input.scrollWidth <= input.clientWidth || !input.value) continue;
    const copy = document.createElement("div");
    copy.className = "on-paper for-print";
    copy.textContent = input.value;
    input.after(copy);
    input.classList.add("is-copied");
  }
}

function offPaper() {
  for (const copy of document.querySelectorAll(".for-print")) copy.remove();
  for (const input of document.querySelectorAll(".is-copied")) input.classList.remove("is-copied");
}

// How many characters are left, told before the end comes.
function count(area) {
  const line = document.getElementById(area.id.replace(/^f-/, "left-"));
  const left = Number(area.dataset.most) - area.value.length;
  const near = left <= Math.min(500, area.dataset.most / 5);
  if (line) line.textContent = near ? (left < 0 ? area.dataset.over : area.dataset.left).replace("%", Math.abs(left)) : "";
  if (line) line.dataset.state = left < 0 ? "bad" : "";
}

// "None of these" and "not decided yet" stand alone: ticking one clears the others, and the other way round.
function standAlone(box) {
  const others = form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(box.name)}"]`);
  const alone = Boolean(box.closest(".alone"));
  for (const other of others) {
    if (other !== box && box.checked && (alone || other.closest(".alone"))) other.checked = false;
  }
}

// Whoever writes an answer has decided: the box "not decided yet" is cleared.
function decided(field) {
  const box = field.closest(".question")?.querySelector(":scope > .card-foot > .undecided input[type=checkbox]");
  if (box && box !== field && box.checked) box.checked = false;
}

function changed(event) {
  const field = event.target;
  if (field.dataset.most) count(field);
  if (field.type === "checkbox" && field.name) standAlone(field);
  if (!field.closest(".undecided")) decided(field);
  later(field.type === "text" || field.tagName === "TEXTAREA" ? PAUSE : 150);
}

// A save under way changes the fingerprint: wait for it, then go, or the page would seem to be overtaken by itself.
function leave(event) {
  clearTimeout(timer);
  stopped = true;
  if (!running) return;
  event.preventDefault();
  const button = event.submitter;
  running.finally(() => form.requestSubmit(button));
}

// A link followed while something is unsaved: save first, or the page there would not know of it. Where that fails, the reader is told, and
// the next try goes through.
function follow(event) {
  const link = event.target.closest("a[href]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || link.origin !== window.location.origin || link.getAttribute("href").startsWith("#")) return;
  if (stopped || warned || (!running && fields() === saved)) return;
  event.preventDefault();
  Promise.resolve(running).then(save).then(() => {
    warned = fields() !== saved;
    if (!warned) window.location.assign(link.href);
  });
}

if (form) {
  form.addEventListener("input", changed);
  form.addEventListener("focusout", left);
  form.addEventListener("click", write);
  document.addEventListener("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { pressed = false; setTimeout(mark, 50); });
  if (fields() !== saved) later(PAUSE);
  form.querySelectorAll("[data-most]").forEach(count);
  form.addEventListener("submit", leave);
  document.addEventListener("click", follow);
  window.addEventListener("online", () => later(0));
  window.addEventListener("pagehide", () => {
    if (!stopped && !running && fields() !== saved) {
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Autosave": "1" }, credentials: "same-origin", keepalive: true }).catch(() => {});
    }
  });
  // Back to a page that the browser kept as it was: go on saving. The server knows the form, and so its own saves.
  window.addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });
}

window.addEventListener("beforeprint", ontoPaper);
window.addEventListener("afterprint", offPaper);
document.getElementById("errors")?.focus();
