// Keeps what is written saved: by itself while a story is not public, and never two savings at a time. The revision that a
// saving counts from is always the one that the last answer gave.
const PAUSE = 2500;

interface Told { id: number; revision: number; slug: string; message: string; field?: string; compare?: boolean; signin?: boolean }

export interface Keeper { changed(): void }

export function keepSaved(form: HTMLFormElement): Keeper {
  const said = form.querySelector<HTMLElement>("[data-saved]")!;
  const revision = form.querySelector<HTMLInputElement>("[name=revision]")!;
  const title = form.querySelector<HTMLTextAreaElement>("[name=title]")!;
  const slug = form.querySelector<HTMLInputElement>("[name=slug]")!;
  const slugTrouble = form.querySelector<HTMLElement>("[data-slug-trouble]")!;
  const trouble = form.querySelector<HTMLElement>("[data-trouble]")!;
  const compare = form.querySelector<HTMLElement>("[data-compare]")!;
  const signin = form.querySelector<HTMLElement>("[data-signin]")!;
  const byItself = form.dataset.state !== "published";
  let dirty = false;
  let stopped = false;
  let waiting = 0;
  let under: Promise<void> | null = null;
  let leaving = false;

  const fields = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));

  async function send() {
    const chosenSlug = slug.value;
    dirty = false;
    said.textContent = "Saving…";
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields() });
      const told = (await answer.json()) as Told;
      if (answer.ok) kept(told, chosenSlug);
      else notKept(told);
    } catch {
      dirty = true;
      said.textContent = "Not saved: the server does not answer. Your words are still here.";
      later(4 * PAUSE);
    }
  }

  function kept(told: Told, chosenSlug: string) {
    revision.value = String(told.revision);
    if (slug.value === chosenSlug) slug.value = told.slug;
    if (form.dataset.new === "yes") settle(told.id);
    trouble.hidden = slugTrouble.hidden = true;
    slug.removeAttribute("aria-invalid");
    said.textContent = "Saved " + new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) + (told.message ?? "");
  }

  /** From the first saving on the story has an address of its own. */
  function settle(id: number) {
    form.dataset.new = "no";
    form.action = "/desk/stories/" + id;
    history.replaceState(null, "", form.action);
  }

  function notKept(told: Told) {
    dirty = true;
    said.textContent = "Not saved";
    if (told.field === "slug") {
      slugTrouble.textContent = told.message;
      slugTrouble.hidden = false;
      slug.value = told.slug;
      slug.setAttribute("aria-invalid", "true");
      return;
    }
    trouble.querySelector("[data-trouble-words]")!.textContent = told.message;
    compare.hidden = !told.compare;
    signin.hidden = !told.signin;
    trouble.hidden = false;
    stopped = Boolean(told.compare);
  }

  /** Saves what there is, after whatever is under way. */
  async function save() {
    clearTimeout(waiting);
    while (under) await under;
    if (!dirty || stopped || leaving || !title.value.trim()) return;
    under = send();
    await under;
    under = null;
    if (dirty && trouble.hidden && slugTrouble.hidden) later();
  }

  function later(pause = PAUSE) {
    clearTimeout(waiting);
    waiting = window.setTimeout(save, pause);
  }

  function changed() {
    dirty = true;
    if (byItself && !stopped) later();
    if (said.textContent !== "Not saved") said.textContent = byItself && title.value.trim() ? "Writing…" : "Not saved yet";
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", event => { if ((event.target as HTMLElement).matches("select, [type=checkbox]")) changed(); });

  // A button waits for the saving that is under way, and sends the revision that its answer gives.
  form.addEventListener("submit", event => {
    clearTimeout(waiting);
    if (under) {
      event.preventDefault();
      const button = event.submitter as HTMLElement | null;
      under.then(() => form.requestSubmit(button));
      return;
    }
    leaving = true;
    window.setTimeout(() => { leaving = false; }, 10_000);
  });
  window.addEventListener("beforeunload", event => { if (dirty && !leaving) event.preventDefault(); });
  window.addEventListener("pageshow", event => { if (event.persisted) leaving = false; });
  // Back from signing in in another tab: the words that were not taken go again.
  window.addEventListener("focus", () => { if (dirty && !signin.hidden && !trouble.hidden) save(); });
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (byItself) { dirty = true; save(); } else form.requestSubmit();
  });
  return { changed };
}
