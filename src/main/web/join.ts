// Newsletter forms send in place and show the answer where the reader is looking. Without this script they post and show a page.
const waiting = "aria-disabled";

function answerOf(form: HTMLFormElement) {
  const there = form.querySelector<HTMLElement>(".answer");
  if (there) return there;
  const answer = document.createElement("p");
  answer.className = "answer";
  answer.tabIndex = -1;
  answer.setAttribute("aria-live", "polite");
  form.append(answer);
  return answer;
}

async function send(form: HTMLFormElement, answer: HTMLElement) {
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
  });
  const { message } = (await response.json()) as { message?: unknown };
  if (typeof message !== "string") throw new TypeError("an answer without a message");
  answer.classList.toggle("answer-bad", !response.ok);
  answer.textContent = message;
  if (!response.ok) return;
  // What was asked for is done: only the answer stays, and whoever was typing stands on it.
  for (const part of [...form.children]) if (part !== answer) (part as HTMLElement).hidden = true;
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== "/newsletters/join") return;
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (button?.getAttribute(waiting) === "true") return;
  button?.setAttribute(waiting, "true");
  // In the page before it speaks: a live region made with its words in it is often not read out.
  const answer = answerOf(form);
  try {
    await send(form, answer);
  } catch {
    form.submit(); // whatever stood in the way, the plain way still works
  } finally {
    button?.removeAttribute(waiting);
  }
});
