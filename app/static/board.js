// The board of lights: adds and takes away rows of one's own, and shows what is typed as the rule that will be printed.
// Which sentence stands under a light is for the stylesheet; without this script the server does the rest.

for (const board of document.querySelectorAll(".board")) {
  const add = board.querySelector(":scope > button[name=add]");
  const own = [...board.querySelectorAll("[data-own]")];

  // The rule that will be printed is the one that is typed.
  function mirror(row) {
    const typed = row.querySelector(".edit textarea, .edit input");
    row.querySelector(".own-rule").textContent = typed.value.trim();
  }

  function changed(row) {
    row.dispatchEvent(new Event("input", { bubbles: true }));
    if (add) add.hidden = own.every((one) => !one.hidden);
  }

  add?.addEventListener("click", (event) => {
    event.preventDefault();
    const row = own.find((one) => one.hidden);
    if (!row) return;
    row.hidden = false;
    add.hidden = own.every((one) => !one.hidden);
    row.querySelector("input").focus();
  });

  for (const button of board.querySelectorAll("[data-own] button[name=remove]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = button.closest("[data-own]");
      for (const field of row.querySelectorAll("input, textarea")) {
        if (field.type === "radio") field.checked = false;
        else field.value = "";
      }
      mirror(row);
      row.hidden = true;
      changed(row);
      (add ?? board.querySelector("input")).focus();
    });
  }

  for (const row of board.querySelectorAll(".board-row")) {
    row.querySelector(".edit").addEventListener("input", () => mirror(row));
    mirror(row);
  }
}
