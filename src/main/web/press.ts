// A button whose form comes back to the page it stands on: the page stays where it is, and only the parts that changed are put in.
// Without this script the same form loads the page anew.
document.addEventListener("submit", async event => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-press]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const parts = (form.dataset.press || form.id).split(" ");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data as unknown as Record<string, string>) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of parts) {
      const now = document.getElementById(id);
      const next = page.getElementById(id);
      if (now && next) now.replaceWith(document.adoptNode(next));
    }
    const again = document.getElementById(parts[0]);
    (again?.querySelector<HTMLElement>("button, a, [tabindex]") ?? again)?.focus({ preventScroll: true });
  } catch {
    // What did not work in place works, or says why, as a page of its own.
    form.removeAttribute("data-press");
    form.requestSubmit(event.submitter as HTMLElement | null);
  }
});
