// Suggestions beside the text: asked for in a pause of writing, never while a key goes down, and never taken by themselves.
import { Suggestion, take } from "./taking";

const PAUSE = 1200;
const LONGEST = 60_000;

const FILED = /^(topic|industry|country|entity)$/;

export interface Text { plain(): string; selected(): string; focus(): void; bare(): HTMLInputElement | null }

export function assist(form: HTMLFormElement, text: Text, changed: () => void) {
  const panel = form.querySelector<HTMLElement>("[data-assist]")!;
  const list = panel.querySelector<HTMLElement>("[data-assist-list]")!;
  const said = panel.querySelector<HTMLElement>("[data-assist-said]")!;
  const found = panel.querySelector<HTMLElement>("[data-assist-found]")!;
  const bare = panel.querySelector<HTMLElement>("[data-assist-bare]")!;
  const answered = new Set<string>();
  let waiting = 0;
  let asking: AbortController | null = null;
  let askedFor = "";

  const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";
  const chosen = (selector: string) => [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(selector)].map(one => one.value.trim()).filter(value => value);
  const story = () => form.action.match(/\/desk\/stories\/(\d+)$/)?.[1] ?? "";

  function asked() {
    const sent = new URLSearchParams({ story: story(), language: field("language"), title: field("title"), standfirst: field("standfirst"), text: text.plain().slice(0, LONGEST) });
    for (const slug of chosen("select[name=topics]")) sent.append("topic", slug);
    for (const slug of chosen("[name=industries]:checked")) sent.append("industry", slug);
    for (const slug of chosen("[name=entities]:checked")) sent.append("entity", slug);
    for (const name of chosen("[name=countries]")) sent.append("country", name);
    return sent;
  }

  async function ask() {
    const sent = asked();
    if (sent.toString() === askedFor) return;
    askedFor = sent.toString();
    asking?.abort();
    const mine = asking = new AbortController();
    try {
      const answer = await fetch("/desk/assist", { method: "POST", body: sent, signal: mine.signal });
      if (answer.ok && mine === asking) show(await answer.text());
    } catch {
      // Writing goes on without suggestions; the next pause asks again.
      if (mine === asking) askedFor = "";
    }
  }

  /** Whoever stands on a suggestion stays where they are. */
  function show(html: string) {
    const here = (document.activeElement as Element | null)?.closest<HTMLElement>("[data-suggestion]");
    const key = here && list.contains(here) ? keyOf(here) : "";
    list.innerHTML = html;
    for (const one of list.querySelectorAll<HTMLElement>("[data-suggestion]")) if (answered.has(keyOf(one)) || answered.has(one.dataset.name!)) one.remove();
    remind();
    tidy();
    panel.hidden = false;
    if (key) focusOn([...items()].find(one => keyOf(one) === key) ?? items()[0]);
  }

  /** A picture that says nothing to whoever can't see it is named, once for all of them. */
  function remind() {
    const lead = form.querySelector<HTMLImageElement>("[data-picture-shown]:not([hidden]) img");
    const field = text.bare();
    bare.replaceChildren();
    bare.hidden = !field && !(lead && !lead.alt);
    if (bare.hidden) return;
    const go = Object.assign(document.createElement("button"), { type: "button", className: "suggestion", textContent: field ? "Say what the picture shows" : "Say what the lead picture shows" });
    go.addEventListener("click", () => {
      if (field) { field.scrollIntoView({ block: "center" }); field.focus(); }
      else window.open("/desk/pictures/" + form.querySelector<HTMLInputElement>("[data-picture]")!.value, "_blank");
    });
    const heading = Object.assign(document.createElement("h3"), { textContent: "Pictures" });
    bare.append(heading, go);
  }

  async function before() {
    const words = text.selected().trim().slice(0, 200);
    if (!words) { said.textContent = "Select words first."; found.hidden = false; found.textContent = "Select words in the story first."; return; }
    try {
      const answer = await fetch("/desk/assist/found?" + new URLSearchParams({ q: words }));
      if (answer.ok) found.innerHTML = await answer.text();
      else found.textContent = "The archive does not answer. Please try again.";
    } catch {
      found.textContent = "The archive does not answer. Please try again.";
    }
    panel.hidden = found.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    found.querySelector<HTMLElement>("a, button")?.focus();
  }

  found.addEventListener("click", event => { if ((event.target as Element).closest("[data-found-close]")) { found.hidden = true; text.focus(); } });
  found.addEventListener("keydown", event => { if (event.key === "Escape") { found.hidden = true; text.focus(); } });

  const items = () => [...list.querySelectorAll<HTMLElement>("[data-suggestion]")];
  const keyOf = (item: HTMLElement) => `${item.dataset.kind}:${item.dataset.value}`;
  const focusOn = (item: HTMLElement | undefined) => item ? item.querySelector<HTMLElement>("[data-take]")!.focus() : text.focus();

  function tidy() {
    for (const group of list.querySelectorAll("ul")) if (!group.children.length) { group.previousElementSibling?.remove(); group.remove(); }
    if (!items().length) list.querySelector(".assist-keys")?.remove();
  }

  function answer(item: HTMLElement, how: "taken" | "dismissed") {
    const suggestion = { ...item.dataset } as unknown as Suggestion;
    if (how === "taken" && !take(form, suggestion)) { said.textContent = `${suggestion.name} can't be added here.`; return; }
    const all = items();
    const next = all[all.indexOf(item) + 1] ?? all[all.indexOf(item) - 1];
    const sent = new URLSearchParams({ story: story(), kind: suggestion.kind, value: suggestion.value, answer: how });
    for (const word of (item.dataset.words ?? "").split(" ")) if (word) sent.append("word", word);
    if (FILED.test(suggestion.kind)) void fetch("/desk/assist/answer", { method: "POST", body: sent }).catch(() => {});
    if (FILED.test(suggestion.kind)) answered.add(keyOf(item));
    else answered.add(suggestion.name);
    const inside = item.contains(document.activeElement);
    item.remove();
    tidy();
    if (inside) focusOn(next);
    said.textContent = how === "taken" ? `${suggestion.name} is added.` : `${suggestion.name} is dismissed.`;
    if (how === "taken") changed();
  }

  list.addEventListener("click", event => {
    const item = (event.target as Element).closest<HTMLElement>("[data-suggestion]");
    if (!item) return;
    if ((event.target as Element).closest("[data-take]")) answer(item, "taken");
    if ((event.target as Element).closest("[data-dismiss]")) answer(item, "dismissed");
  });
  list.addEventListener("keydown", event => {
    const item = (event.target as Element).closest<HTMLElement>("[data-suggestion]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    if (event.key === "Delete" || event.key === "Backspace") answer(item, "dismissed");
    else if (event.key === "ArrowDown") focusOn(all[Math.min(all.length - 1, all.indexOf(item) + 1)]);
    else if (event.key === "ArrowUp") focusOn(all[Math.max(0, all.indexOf(item) - 1)]);
    else if (event.key === "Escape") text.focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || !event.altKey) return;
    if (event.code === "KeyA") { event.preventDefault(); void before(); return; }
    if (event.code !== "KeyS") return;
    event.preventDefault();
    if (panel.contains(document.activeElement)) return text.focus();
    panel.scrollIntoView({ block: "nearest" });
    if (items().length) focusOn(items()[0]);
    else said.textContent = "There are no suggestions just now.";
  });

  const later = () => { clearTimeout(waiting); waiting = window.setTimeout(ask, PAUSE); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  later();
  return { later };
}
