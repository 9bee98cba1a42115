// The board of lights: adds and takes away rows of one's own, and shows what is typed as the rule that will be printed. Our sentence for the light that
// is chosen stands in the field until somebody changes it; what it says is never stored.
// Which sentence stands under a light is for the stylesheet; without this script the server does the rest.

for (const board of document.querySelectorAll(".board")) {
  const add = board.querySelector(":scope > button[name=add]");
  const own = [...board.querySelectorAll("[data-own]")];

  const field = (row) => row.querySelector(".edit textarea, .edit input");
  const ours = (row) => [...row.querySelectorAll("[data-standard]")];

  function isOurs(row) {
    const typed = field(row).value.trim().replace(/\s+/g, " ");
    return !typed || ours(row).some((said) => said.textContent === typed);
  }

  // The rule that will be printed is the one that is typed.
  function mirror(row) {
    row.querySelector(".own-rule").textContent = isOurs(row) ? "" : field(row).value.trim();
  }

  // Our sentence for the light that is chosen now, put into the field.
  function stand(row) {
    const light = row.querySelector(".segment input:checked")?.closest(".segment").dataset.tone;
    field(row).value = ours(row).find((said) => said.closest(".say").dataset.tone === light)?.textContent ?? "";
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
    row.addEventListener("change", (event) => {
      if (event.target.closest(".segment") && isOurs(row)) stand(row);
    });
    row.querySelector("[name=standard]").addEventListener("click", (event) => {
      event.preventDefault();
      stand(row);
      mirror(row);
      field(row).focus();
      row.dispatchEvent(new Event("input", { bubbles: true }));
    });
    mirror(row);
  }
}
