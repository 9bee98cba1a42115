// Keeps the two pages for managers of one public address, for when there is no net. What the net gives always comes first, so that a page that was
// changed is new and one that was closed is gone; what is kept says of which day it is. Nothing is told to anybody.

const KEPT = "steps";
const STEPS = /\/(nb|nn|en)\/(now|talk)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The first page was there before we were: it tells what it is made of.
self.addEventListener("message", (event) => {
  const urls = (event.data.keep ?? []).filter((url) => new URL(url).origin === self.location.origin);
  event.waitUntil(caches.open(KEPT).then((cache) => Promise.allSettled(urls.map((url) => cache.add(new Request(url, { credentials: "omit" }))))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (STEPS.test(url.pathname)) event.respondWith(page(url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

async function page(url) {
  const cache = await caches.open(KEPT);
  let answer;
  try {
    answer = await fetch(url.pathname, { credentials: "omit" });
  } catch {
    const kept = await cache.match(url.pathname);
    return kept ? dated(kept) : Response.error();
  }
  if (answer.ok) await cache.put(url.pathname, answer.clone());
  else if (answer.status === 404) await cache.delete(url.pathname);
  return answer;
}

// What is kept, with the day on which it came from the net.
async function dated(kept) {
  const words = await kept.text();
  const language = /<html lang="([\w-]+)"/.exec(words)?.[1];
  const day = new Date(kept.headers.get("Date")).toLocaleDateString(language, { dateStyle: "long" });
  return new Response(words.replace(" data-offline hidden", "").replace("<span data-kept></span>", `<strong>${day}</strong>`), { headers: kept.headers });
}

async function part(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(KEPT)).put(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}
