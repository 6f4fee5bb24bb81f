// Industries put in order by drag, by buttons and by keyboard; a member sees the next review beside it as it would be. Without this script a
// number beside each says the same.
import Sortable from "sortablejs";

const form = document.querySelector<HTMLFormElement>("form[data-ranking]");
const list = form?.querySelector<HTMLOListElement>("[data-ranks]");
if (form && list) live(form, list);

function live(form: HTMLFormElement, list: HTMLOListElement) {
  const said = form.querySelector<HTMLElement>("[data-said]")!;
  const preview = document.querySelector<HTMLElement>("[data-preview]");
  const words = { up: list.dataset.up!, down: list.dataset.down!, out: list.dataset.out! };
  form.dataset.live = "yes";
  const by = document.createElement("input");
  by.type = "hidden";
  by.name = "by";
  by.value = "order";
  form.append(by);

  const rows = () => [...list.children] as HTMLLIElement[];
  const ranked = () => rows().filter(row => row.classList.contains("is-ranked"));

  for (const row of rows()) dress(row);
  number();
  Sortable.create(list, {
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    filter: "button",
    preventOnFilter: false,
    onEnd: event => {
      const row = event.item as HTMLLIElement;
      // Whatever is dropped above one that is ranked is ranked itself.
      if (ranked().some(other => rows().indexOf(other) > rows().indexOf(row)) || row.classList.contains("is-ranked") || event.newIndex === 0)
        row.classList.add("is-ranked");
      changed(row);
    },
  });

  function dress(row: HTMLLIElement) {
    const name = row.querySelector("span")!.textContent!;
    row.classList.toggle("is-ranked", row.hasAttribute("data-rank"));
    const line = document.createElement("div");
    line.className = "rank-row";
    line.dataset.handle = "";
    const place = document.createElement("span");
    place.className = "rank-number";
    const what = document.createElement("span");
    what.className = "rank-name";
    what.textContent = name;
    line.append(place, what, button("↑", words.up, name, () => up(row)), button("↓", words.down, name, () => down(row)), button("×", words.out, name, () => out(row)));
    row.replaceChildren(line);
  }

  function button(sign: string, word: string, name: string, press: () => void) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", `${word}: ${name}`);
    made.addEventListener("click", () => {
      press();
      if (made.hidden) made.parentElement?.querySelector<HTMLButtonElement>("button:not([hidden])")?.focus();
      else made.focus();
    });
    return made;
  }

  function up(row: HTMLLIElement) {
    if (row.classList.contains("is-ranked")) row.previousElementSibling?.before(row);
    else {
      row.classList.add("is-ranked");
      const last = ranked().filter(other => other !== row).at(-1);
      if (last) last.after(row);
      else list.prepend(row);
    }
    changed(row);
  }

  function down(row: HTMLLIElement) {
    row.nextElementSibling?.after(row);
    changed(row);
  }

  function out(row: HTMLLIElement) {
    row.classList.remove("is-ranked");
    const last = ranked().at(-1);
    if (last) last.after(row);
    changed(row);
  }

  function changed(row: HTMLLIElement) {
    number();
    const name = row.querySelector(".rank-name")!.textContent;
    const place = ranked().indexOf(row);
    said.textContent = place < 0 ? `${name}: ${words.out}` : `${name}: ${place + 1}`;
    soon();
  }

  function number() {
    const all = ranked();
    for (const row of rows()) {
      const place = all.indexOf(row);
      row.querySelector(".rank-number")!.textContent = place < 0 ? "" : String(place + 1);
      const [first, second, third] = row.querySelectorAll("button");
      first.hidden = place === 0;
      second.hidden = place < 0 || place === all.length - 1;
      third.hidden = place < 0;
      row.querySelector("input")?.remove();
      if (place < 0) continue;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "rank";
      field.value = row.dataset.slug!;
      row.append(field);
    }
  }

  let timer = 0;
  let asked = 0;
  function soon() {
    clearTimeout(timer);
    if (preview) timer = window.setTimeout(look, 250, preview);
  }

  async function look(preview: HTMLElement) {
    const mine = ++asked;
    preview.setAttribute("aria-busy", "true");
    try {
      const query = new URLSearchParams(ranked().map(row => ["rank", row.dataset.slug!]));
      const response = await fetch(`/pro/industries/preview/?${query}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-preview]");
      if (mine === asked && page) preview.replaceChildren(...page.children);
    } finally {
      if (mine === asked) preview.removeAttribute("aria-busy");
    }
  }
}
