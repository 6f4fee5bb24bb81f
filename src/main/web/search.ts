// Offers headlines and sections while somebody types in the search box. The form works without it. Pattern: WAI-ARIA's combobox.
interface Suggestion { text: string; url: string; section: boolean }

const input = document.querySelector<HTMLInputElement>("input[data-suggest]");
if (input) offer(input, input.dataset.suggest ?? "");

function offer(input: HTMLInputElement, address: string) {
  const box = document.createElement("div");
  box.className = "suggest-box";
  const writing = document.activeElement === input; // a page may be slower than its reader
  input.replaceWith(box);
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  box.append(input, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }))
    input.setAttribute(name, value);
  if (writing) input.focus();

  let asked = "";
  let timer = 0;
  let chosen = -1;

  const options = () => Array.from(list.querySelectorAll<HTMLElement>("[role=option]"));

  function close() {
    clearTimeout(timer);
    asked = ""; // an answer that is under way comes too late
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(which: number) {
    const all = options();
    if (!all.length) return;
    chosen = (which + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(suggestions: Suggestion[]) {
    list.replaceChildren(...suggestions.map((suggestion, i) => {
      const option = document.createElement("a");
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.id = `suggestion-${i}`;
      option.tabIndex = -1;
      option.href = suggestion.url;
      option.dir = "auto";
      option.textContent = suggestion.text;
      if (suggestion.section) option.className = "suggest-section";
      return option;
    }));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    asked = typed;
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && asked === typed && document.activeElement === input) show(await answer.json());
    } catch {
      close(); // the form still searches
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, 120);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing) return; // the keys belong to whatever puts letters together
    if (event.key === "Escape" && (!list.hidden || asked)) { event.preventDefault(); close(); }
    if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(); }
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); options()[chosen].click(); }
  });
  list.addEventListener("mousedown", event => event.preventDefault());
  input.addEventListener("blur", close);
}
