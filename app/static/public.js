// The button that prints the page. Without a script there is none, and the browser's own menu prints just the same.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
