// Giving a story away in place: the link appears under the button, to copy or to share.
function shown(form: HTMLFormElement, link: string, message: string) {
  const label = Object.assign(document.createElement("label"), { textContent: "Your link", htmlFor: "give-link" });
  const field = Object.assign(document.createElement("input"), { id: "give-link", className: "give-link", readOnly: true, value: link });
  const said = Object.assign(document.createElement("p"), { className: "answer", textContent: message });
  said.setAttribute("aria-live", "polite");
  const copy = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Copy" });
  copy.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(link).then(() => { copy.textContent = "Copied"; }, () => { said.textContent = "Press Ctrl and C to copy it."; });
  });
  const row = Object.assign(document.createElement("div"), { className: "field-row" });
  row.append(field, copy);
  if (typeof navigator.share === "function") {
    const share = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet", textContent: "Share" });
    share.addEventListener("click", () => navigator.share({ title: document.title, url: link }).catch(() => undefined));
    row.append(share);
  }
  form.replaceChildren(label, row, said);
  field.focus();
  field.select();
}

document.addEventListener("submit", async event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-give]")) return;
  event.preventDefault();
  try {
    const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
    const { link, message } = (await response.json()) as { link?: string; message: string };
    if (link) shown(form, link, message);
    else {
      const said = form.querySelector<HTMLElement>(".answer") ?? Object.assign(document.createElement("p"), { className: "answer answer-bad" });
      said.setAttribute("role", "alert");
      form.append(said);
      said.textContent = message;
    }
  } catch {
    form.submit();
  }
});
