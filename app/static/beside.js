// Shows beside the form what the policy says at the question at hand, as the form is just now; where there is no room, in a sheet.
// Without it a link at each question leads to the same section of the whole text.

const form = document.querySelector("form.questions");
const column = document.getElementById("beside");
const now = document.getElementById("beside-now");
const told = document.getElementById("beside-told");
const sheet = document.getElementById("beside-sheet");
const questions = [...form.querySelectorAll(".question")];
const SEEN_FOR = 2000;
const LONGEST = 180;
const SENTENCES = /\s*\S.*?(?:[.!?:](?=\s)|$)|\s+$/gs;

let question = "";
let section = ""; // the one that somebody chose, or that has changed
let turn = 0;
let timer = 0;
let queue = Promise.resolve();
const known = new Map(); // question → its sections when it was last seen
const said = new Map(); // section → its sentences then, by where they stood

const at = (element) => element.closest?.(".question")?.id.slice(2);
const isSeen = () => sheet.open || getComputedStyle(column).display !== "none";

// One after the other: what stood before a change must be known, or nobody could say what is new.
function show(isChange) {
  clearTimeout(timer);
  if (!isSeen()) return queue;
  turn += 1;
  const asked = { turn, question, isChange, body: new URLSearchParams(new FormData(form)) };
  queue = queue.then(() => answer(asked));
  return queue;
}

async function answer(asked) {
  if (asked.turn !== turn && known.has(asked.question)) return;
  const drawn = await ask(asked).catch(() => null);
  if (drawn !== null) {
    now.innerHTML = drawn;
    take(asked);
  } else if (asked.turn === turn) {
    now.textContent = column.dataset.failed;
  }
}

async function ask(asked) {
  const response = await fetch(`${column.dataset.address}?${new URLSearchParams({ question: asked.question })}`, {
    method: "POST",
    body: asked.body,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    redirect: "error",
  });
  if (!response.ok) throw new Error(response.status);
  return (await response.json()).html;
}

function take(asked) {
  const pieces = [...now.querySelectorAll("[data-piece]")];
  const before = known.get(asked.question);
  const changes = pieces.map((piece) => compare(piece, Boolean(before) && asked.isChange)).filter((change) => change.fresh.length || change.gone);
  known.set(asked.question, new Map(pieces.map((piece) => [piece.dataset.piece, nameOf(piece)])));
  const change = changes.find(({ id }) => id === (section || pieces[0].dataset.piece)) ?? changes[0];
  if (change && asked.isChange) section = change.id;
  turnTo(section);
  if (change?.id === section && change.fresh.length) see(firstOf(change.fresh));
  if (asked.isChange) tellOf(change, before, pieces);
  setTimeout(() => changes.forEach(({ fresh }) => fresh.forEach((mark) => mark.replaceWith(...mark.childNodes))), SEEN_FOR);
}

const nameOf = (piece) => piece.firstElementChild.getAttribute("aria-label");

// Of the sections that the answer shapes one is shown, the nearest unless somebody chose another.
function turnTo(id) {
  const pieces = [...now.querySelectorAll("[data-piece]")];
  const shown = pieces.find((piece) => piece.dataset.piece === id) ?? pieces[0];
  for (const piece of pieces) piece.hidden = piece !== shown;
  for (const button of now.querySelectorAll("[data-section]")) button.parentElement.hidden = button.dataset.section === shown.dataset.piece;
  return shown;
}

const firstOf = (fresh) => fresh.find((mark) => !mark.closest("thead")) ?? fresh[0];

function see(mark) {
  const paper = mark.closest(".paper");
  paper.scrollTop += mark.getBoundingClientRect().top - paper.getBoundingClientRect().top - 60;
}

// A sentence as it is; of a table the whole row, with its light.
function wordsOf(mark) {
  const row = mark.closest("tbody tr");
  return row ? [row.firstElementChild.dataset.light, ...[...row.children].map((one) => one.textContent.trim())].filter(Boolean).join(": ") : mark.textContent;
}

function tellOf(change, before, pieces) {
  const taken = [...(before ?? [])].find(([id]) => !pieces.some((piece) => piece.dataset.piece === id));
  if (change) tell(change.fresh.length ? "changed" : "removed", change.name, change.fresh.length ? wordsOf(firstOf(change.fresh)) : change.gone);
  else if (taken) tell("removed", ...Array(2).fill(taken[1]));
  if (taken) said.delete(taken[0]);
}

function tell(what, title, words) {
  const short = words.trim().length > LONGEST ? `${words.trim().slice(0, LONGEST)} …` : words.trim();
  told.textContent = column.dataset[what].replace("%title", () => title).replace("%words", () => short);
}

// Marks the sentences that were not there when the section was last seen; of one that is new all, where it came by a change.
function compare(piece, isChange) {
  const id = piece.dataset.piece;
  const before = said.get(id) ?? (isChange ? new Map() : null);
  const every = new Map();
  const fresh = textsOf(piece).flatMap((node) => marked(node, before, every));
  said.set(id, every);
  return { id, name: nameOf(piece), fresh, gone: [...(before ?? [])].find(([key]) => !every.has(key))?.[1] };
}

// Numbers of headings move with what stands before, and a picture is told by the table beside it.
function textsOf(piece) {
  const walker = document.createTreeWalker(piece.firstElementChild, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("svg, h3")) found.push(walker.currentNode);
  return found;
}

// What stands in a table is known by its table and its row too: it may move to another.
function placeOf(node) {
  const row = node.parentElement.closest("tr");
  return row ? `${row.closest("table").className} ${row.firstElementChild.textContent.trim()} ` : "";
}

function marked(node, before, every) {
  const fresh = [];
  const place = placeOf(node);
  const parts = (node.data.match(SENTENCES) ?? []).map((part) => {
    const words = part.trim();
    const key = place + words;
    if (words) every.set(key, words);
    if (!words || !before || before.has(key)) return part;
    const mark = document.createElement("mark");
    mark.className = "beside-new";
    mark.textContent = part;
    fresh.push(mark);
    return mark;
  });
  if (fresh.length) node.replaceWith(...parts);
  return fresh;
}

function pick(id) {
  if (!id || id === question) return;
  question = id;
  section = "";
  show(false);
}

// The question that is read: the one with the focus while it is in sight, else the one that stands where the eyes are.
function scrolled(entries) {
  const one = entries.find((entry) => entry.isIntersecting)?.target;
  const focused = document.activeElement.closest(".question")?.getBoundingClientRect();
  if (!one || (focused && focused.bottom > 0 && focused.top < window.innerHeight)) return;
  clearTimeout(timer);
  timer = setTimeout(pick, 200, one.id.slice(2));
}

function open(id) {
  question = id;
  section = "";
  now.textContent = "";
  sheet.append(now);
  sheet.showModal();
  show(false);
}

// A link becomes a button: what it does is another thing.
function button(link) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = link.className;
  made.append(...link.childNodes);
  made.addEventListener("click", () => open(at(made)));
  link.replaceWith(made);
}

form.querySelectorAll("a.see").forEach(button);
form.addEventListener("focusin", (event) => pick(at(event.target)));
form.addEventListener("input", (event) => {
  pick(at(event.target));
  clearTimeout(timer);
  timer = setTimeout(show, event.target.matches("[type=text], textarea") ? 500 : 40, true);
});
now.addEventListener("click", (event) => {
  const other = event.target.closest("[data-section]");
  if (!other) return;
  section = other.dataset.section;
  turnTo(section).firstElementChild.focus();
});
sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.id === "beside-close") sheet.close(); });
sheet.addEventListener("close", () => column.insertBefore(now, told));
window.matchMedia("(min-width: 68.75rem)").addEventListener("change", () => { sheet.close(); show(false); });
window.addEventListener("pageshow", () => show(false));
question = (questions.find((one) => `#${one.id}` === window.location.hash) ?? questions[0]).id.slice(2);
const watcher = new IntersectionObserver(scrolled, { rootMargin: "-30% 0px -60% 0px" });
questions.forEach((one) => watcher.observe(one));
