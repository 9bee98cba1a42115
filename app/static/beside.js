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

let question = "";
let section = "";
let turn = 0;
let timer = 0;
const marks = new Map(); // question → section → a mark of what it said
const said = new Map(); // section → its sentences when it was last seen

const hasRoom = () => getComputedStyle(column).display !== "none";
const isSeen = () => hasRoom() || sheet.open;

function later(wait, isChange) {
  clearTimeout(timer);
  timer = setTimeout(show, wait, isChange);
}

function pick(id, wait) {
  if (id === question) return;
  question = id;
  section = "";
  if (isSeen()) later(wait, false);
}

async function show(isChange) {
  if (!isSeen()) return;
  turn += 1;
  const mine = turn;
  const drawn = await ask().catch(() => null);
  if (mine !== turn) return;
  if (drawn === null) {
    now.textContent = column.dataset.failed;
    return;
  }
  const before = now.querySelector("[data-shown]");
  now.innerHTML = drawn;
  take(isChange, before);
}

async function ask() {
  const query = new URLSearchParams({ question, section });
  const response = await fetch(`${column.dataset.address}?${query}`, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    redirect: "error",
  });
  if (!response.ok) throw new Error(response.status);
  return (await response.json()).html;
}

// A change may be in another section than the one that is seen: then that one is shown.
function take(isChange, before) {
  const shown = now.querySelector("[data-shown]");
  const known = marks.get(question);
  const found = new Map([...now.querySelectorAll("[data-mark]")].map((one) => [one.dataset.shown ?? one.dataset.section, one.dataset.mark]));
  marks.set(question, found);
  const changed = known && isChange ? [...found.keys()].filter((id) => known.get(id) !== found.get(id)) : [];
  if (changed.length && !changed.includes(shown.dataset.shown)) {
    section = changed[0];
    show(true);
    return;
  }
  if (shown) compare(shown, isChange);
  if (isChange && before && !found.has(before.dataset.shown)) {
    tell("removed", before.ariaLabel, before.ariaLabel);
    said.set(before.dataset.shown, new Set());
  }
}

// Marks the sentences that were not there when the section was last seen.
function compare(shown, isChange) {
  const id = shown.dataset.shown;
  const before = said.get(id) ?? (isChange ? new Set() : null);
  const { every, fresh } = sentences(shown, before);
  said.set(id, every);
  const gone = before ? [...before].find((words) => !every.has(words)) : undefined;
  shown.scrollTop = fresh.length ? fresh[0].offsetTop - 60 : 0;
  if (fresh.length) setTimeout(() => fresh.forEach((mark) => mark.replaceWith(...mark.childNodes)), SEEN_FOR);
  if (isChange && fresh.length) tell("changed", shown.ariaLabel, fresh[0].textContent);
  else if (isChange && gone) tell("removed", shown.ariaLabel, gone);
}

function sentences(shown, before) {
  const every = new Set();
  const fresh = [];
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest("svg, h3") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const parts = node.data.match(/\s*\S.*?(?:[.!?:](?=\s)|$)|\s+$/gs) ?? [];
    const pieces = parts.map((part) => {
      const words = part.trim();
      if (words) every.add(words);
      if (!words || !before || before.has(words)) return part;
      const mark = document.createElement("mark");
      mark.className = "beside-new";
      mark.textContent = part;
      fresh.push(mark);
      return mark;
    });
    if (pieces.some((piece) => piece instanceof Element)) node.replaceWith(...pieces);
  }
  return { every, fresh };
}

function tell(what, title, words) {
  const short = words.trim().length > LONGEST ? `${words.trim().slice(0, LONGEST)} …` : words.trim();
  told.textContent = column.dataset[what].replace("%title", () => title).replace("%words", () => short);
}

const at = (element) => element.closest?.(".question")?.id.slice(2);

// The question that is read: the one with the focus while it is in sight, else the one that stands where the eyes are.
function scrolled(entries) {
  const one = entries.find((entry) => entry.isIntersecting)?.target;
  const focused = document.activeElement.closest(".question")?.getBoundingClientRect();
  if (one && !(focused && focused.bottom > 0 && focused.top < window.innerHeight)) pick(one.id.slice(2), 200);
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
form.addEventListener("focusin", (event) => { if (at(event.target)) pick(at(event.target), 60); });
form.addEventListener("input", (event) => {
  const id = at(event.target);
  if (!id) return;
  if (id !== question) pick(id, 0);
  later(event.target.matches("[type=text], textarea") ? 500 : 40, true);
});
now.addEventListener("click", async (event) => {
  const other = event.target.closest("[data-section]");
  if (!other) return;
  section = other.dataset.section;
  await show(false);
  now.querySelector("[data-shown]")?.focus();
});
sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.id === "beside-close") sheet.close(); });
sheet.addEventListener("close", () => column.insertBefore(now, told));
window.matchMedia("(min-width: 68.75rem)").addEventListener("change", () => { sheet.close(); show(false); });
window.addEventListener("pageshow", () => later(0, false));
const watcher = new IntersectionObserver(scrolled, { rootMargin: "-30% 0px -60% 0px" });
questions.forEach((one) => watcher.observe(one));
question = (questions.find((one) => `#${one.id}` === window.location.hash) ?? questions[0]).id.slice(2);
