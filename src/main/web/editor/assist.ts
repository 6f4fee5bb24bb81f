// Suggestions beside the text: asked for in a pause of writing, never while a key goes down, and never taken by themselves.
import { Suggestion, take } from "./taking";

const PAUSE = 1200;
const LONGEST = 60_000;

export interface Text { plain(): string; focus(): void }

export function assist(form: HTMLFormElement, text: Text, changed: () => void) {
  const panel = form.querySelector<HTMLElement>("[data-assist]")!;
  const list = panel.querySelector<HTMLElement>("[data-assist-list]")!;
  const said = panel.querySelector<HTMLElement>("[data-assist-said]")!;
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
    for (const one of list.querySelectorAll<HTMLElement>("[data-suggestion]")) if (answered.has(keyOf(one))) one.remove();
    tidy();
    panel.hidden = false;
    if (key) focusOn([...items()].find(one => keyOf(one) === key) ?? items()[0]);
  }

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
    void fetch("/desk/assist/answer", { method: "POST", body: sent }).catch(() => {});
    answered.add(keyOf(item));
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
    if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyS") return;
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
