// The desk where HR answers comments: while a comment has focus, n leads to the next one that waits for an answer and p to the one before.
// The keys are heard in the list of comments alone, and never in a field, so that they are in nobody's way.

const desk = document.querySelector("[data-desk]");

function step(from, by) {
  const open = [...desk.querySelectorAll('.comment[data-state="open"]')];
  const after = open.filter((one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  const before = open.filter((one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  return by > 0 ? (after[0] ?? before[0]) : (before.at(-1) ?? after.at(-1));
}

function turn(event) {
  const by = { n: 1, p: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const from = event.target.closest(".comment");
  const to = from && step(from, by);
  if (!to) return;
  event.preventDefault();
  to.querySelector(".answer-box")?.setAttribute("open", "");
  to.focus();
}

if (desk) {
  desk.addEventListener("keydown", turn);
  for (const help of document.querySelectorAll(".desk-keys")) help.hidden = false;
}
