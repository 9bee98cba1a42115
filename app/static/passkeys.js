// Makes and uses passkeys. Its parts of a page are hidden until it is there; without it one signs in by e-mail.

const HOURGLASS = 4 * 60 * 1000; // what the server asks is good for five minutes
const KNOWN = ["NotAllowedError", "InvalidStateError", "AbortError"];
const form = document.querySelector("form[data-passkey]");
const state = form?.querySelector("[role=status]");
let waiting = null; // an offer beside the field for the address, open until somebody takes it

const bytes = (words) => Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function say(told) {
  state.textContent = told;
}

async function options() {
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
  if (!response.ok) throw new Error("no options");
  const asked = await response.json();
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const list of [asked.excludeCredentials, asked.allowCredentials]) {
    for (const key of list ?? []) key.id = bytes(key.id);
  }
  return asked;
}

function send(key) {
  const response = { clientDataJSON: words(key.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = words(key.response[name]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  form.elements.answer.value = JSON.stringify({ id: key.id, rawId: words(key.rawId), type: key.type, response, clientExtensionResults: {} });
  form.requestSubmit();
}

async function ask(event) {
  if (form.elements.answer.value || form.elements.passkey_name?.value.trim() === "") return; // the answer is on its way; or the server says what is missing
  event.preventDefault();
  waiting?.abort();
  say(form.dataset.busy);
  try {
    const publicKey = await options();
    const key = await (form.dataset.passkey === "make" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    say("");
    send(key);
  } catch (problem) {
    say(form.dataset[KNOWN.includes(problem.name) ? problem.name.toLowerCase() : "failed"]);
  }
}

// The browser offers the passkey in the field for the address, where it can.
async function offer() {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const renewal = setTimeout(() => offer().catch(() => {}), HOURGLASS);
  signal.addEventListener("abort", () => clearTimeout(renewal));
  const key = await navigator.credentials.get({ publicKey: await options(), mediation: "conditional", signal });
  clearTimeout(renewal);
  send(key);
}

if (form && window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  form.addEventListener("submit", ask);
  if (form.dataset.passkey === "use") offer().catch(() => {});
  // Back to this page as the browser kept it: what was sent from it is used up.
  window.addEventListener("pageshow", () => { form.elements.answer.value = ""; });
}
