// The button that prints the page. Without a script there is none, and the browser's own menu prints just the same.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The pages for managers are kept for when there is no net, by a worker of this address alone.
const worker = document.querySelector("[data-worker]");
if (worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(worker.dataset.worker).then(() => navigator.serviceWorker.ready).then((registration) => {
    const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
    registration.active.postMessage({ keep: [location.origin + location.pathname, worker.dataset.other, ...parts] });
  }).catch(() => {});
}
