// Shows what is asked under a choice while that choice is made. Without it everything is shown, with a word on when to answer.

const form = document.querySelector("form.questions");
const parts = [...document.querySelectorAll("[data-when]")].map((part) => [part, part.dataset.when.split(" ").map(condition)]);

function condition(words) {
  const [name, values] = words.split("=");
  return { boxes: [...form.elements].filter((box) => box.name === name), values: values.split(",") };
}

// What is not shown is not asked, and so answers nothing.
function holds({ boxes, values }) {
  return boxes.some((box) => box.checked && values.includes(box.value) && !box.closest("[data-when][hidden]"));
}

// In the order of the page: what hangs on a hidden question is hidden with it.
function show() {
  for (const [part, conditions] of parts) part.hidden = !conditions.every(holds);
}

if (parts.length) {
  for (const words of document.querySelectorAll(".only-if")) words.hidden = true;
  form.addEventListener("input", show);
  window.addEventListener("pageshow", show);
  show();
}
