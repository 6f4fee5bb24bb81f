// What stands where a story stops works in place: the rest comes without a page load, and an address is sent from where it was typed.
async function open(form: HTMLFormElement) {
  const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector(".story");
  const story = document.querySelector(".story");
  // Still closed, without a cookie for instance: the plain way says why.
  if (!response.ok || !fresh || !story || fresh.querySelector("[data-offer]")) return location.assign(response.ok ? response.url : form.action.replace(/free$|gift\/open$/, ""));
  const read = story.querySelectorAll(".story-body > :not([data-offer])").length;
  story.replaceWith(fresh);
  // Whoever was on the button goes on reading where the story stopped.
  const next = fresh.querySelectorAll<HTMLElement>(".story-body > *")[read] ?? fresh.querySelector<HTMLElement>(".story-body");
  if (next) { next.tabIndex = -1; next.focus({ preventScroll: true }); }
}

async function send(form: HTMLFormElement) {
  const answer = form.querySelector<HTMLElement>(".answer") ?? Object.assign(document.createElement("p"), { className: "answer", tabIndex: -1 });
  answer.setAttribute("aria-live", "polite");
  form.append(answer);
  const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  const { message } = (await response.json()) as { message?: unknown };
  if (typeof message !== "string") throw new TypeError("an answer without a message");
  answer.classList.toggle("answer-bad", !response.ok);
  answer.textContent = message;
  if (!response.ok) return;
  for (const part of [...form.children]) if (part !== answer) (part as HTMLElement).hidden = true;
  answer.focus({ preventScroll: true });
}

document.addEventListener("submit", async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const way = form.matches("[data-opens-story]") ? open : form.matches("[data-in-place]") ? send : null;
  if (!way) return;
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (button?.getAttribute("aria-disabled") === "true") return;
  button?.setAttribute("aria-disabled", "true");
  try {
    await way(form);
  } catch {
    form.submit(); // whatever stood in the way, the plain way still works
  } finally {
    button?.removeAttribute("aria-disabled");
  }
});
