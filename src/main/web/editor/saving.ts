// Keeps a draft saved while it is written, says so, and guards against leaving with words unsaved.
const PAUSE = 3000;

export function keepSaved(form: HTMLFormElement) {
  const said = form.querySelector<HTMLElement>("[data-saved]")!;
  const revision = form.querySelector<HTMLInputElement>("[name=revision]")!;
  const byItself = form.dataset.new === "no" && form.dataset.state !== "published";
  let dirty = false;
  let waiting = 0;
  let sending = false;

  async function save() {
    if (sending) return later();
    sending = true;
    dirty = false;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form) as never) });
      const told = await answer.json();
      if (answer.ok) {
        revision.value = told.revision;
        said.textContent = "Saved " + new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) + (told.message ?? "");
      } else {
        dirty = true;
        said.textContent = told.message;
      }
    } catch {
      dirty = true;
      said.textContent = "Not saved: the server does not answer. Your words are still here.";
      later();
    } finally {
      sending = false;
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = window.setTimeout(save, PAUSE);
  }

  function changed() {
    dirty = true;
    if (byItself) later();
    else said.textContent = "Not saved yet";
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { dirty = false; clearTimeout(waiting); });
  window.addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    if (byItself) save();
    else form.requestSubmit();
  });
  return { changed };
}
