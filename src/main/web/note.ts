// A note that is being written is kept on this device until the server has it: a lost connection or a closed tab loses no word.
const form = document.querySelector<HTMLFormElement>("form[data-note]");
if (form) keep(form.dataset.note!);

function keep(owner: string) {
  const key = `note ${owner} ${location.pathname}`;
  const now = () => document.querySelector<HTMLFormElement>("form[data-note]")!;
  const field = () => now().querySelector("textarea")!;
  const revision = () => now().querySelector<HTMLInputElement>("[name=revision]")!;
  const say = (words: string) => { const said = now().querySelector<HTMLElement>("[data-note-said]")!; said.textContent = words; };
  const words = () => now().querySelector<HTMLElement>("[data-note-said]")!.dataset;
  let waiting = false;

  const kept = read();
  if (kept && kept.text !== field().value) {
    // The revision that it was begun from goes along, so that the server joins it with what was written elsewhere since.
    field().value = kept.text;
    revision().value = kept.revision;
    document.querySelector<HTMLDetailsElement>("#note")!.open = true;
    say(words().kept!);
  } else localStorage.removeItem(key);

  function read(): { text: string; revision: string } | null {
    try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; }
  }

  document.addEventListener("input", event => {
    if (event.target !== field()) return;
    localStorage.setItem(key, JSON.stringify({ text: field().value, revision: revision().value }));
    say(words().kept!);
  });

  // Before the form goes: with no connection it waits here.
  document.addEventListener("submit", event => {
    if (event.target !== now() || navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = true;
    say(words().offline!);
  }, true);
  addEventListener("online", () => { if (waiting) { waiting = false; now().requestSubmit(); } });

  // The form that came back in its place has what the server has.
  new MutationObserver(() => {
    const draft = read();
    if (draft && field().value.trim() === draft.text.trim()) localStorage.removeItem(key);
    else if (draft && now().dataset.seen !== "yes" && revision().value !== draft.revision) localStorage.removeItem(key);
    now().dataset.seen = "yes";
  }).observe(document.querySelector("#note")!, { childList: true });
}
