// A choice of several in order: rows of one select each, moved by buttons or by drag. The last row is empty and waits for the next.
import Sortable from "sortablejs";

export function keepOrdered(list: HTMLElement, changed: () => void) {
  const rows = () => [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const select = (row: HTMLElement) => row.querySelector("select")!;
  const none = select(rows()[0]).options[0].text;
  const one = list.dataset.one!;

  /** Rows that were emptied go, one empty row waits at the end, and each says its place. */
  function settle() {
    for (const row of rows().slice(0, -1)) if (!select(row).value) row.remove();
    const last = rows()[rows().length - 1];
    if (select(last).value) {
      const next = last.cloneNode(true) as HTMLElement;
      select(next).value = "";
      last.after(next);
    }
    const taken = new Set(rows().map(row => select(row).value));
    rows().forEach((row, at) => {
      const field = select(row);
      const filled = at < rows().length - 1;
      field.id = `${field.name}-${at}`;
      row.querySelector("label")!.htmlFor = field.id;
      row.querySelector("label")!.textContent = at === 0 ? one : `${one} ${at + 1}`;
      field.options[0].text = at === 0 ? none : filled ? "Remove" : "Add another";
      for (const option of field.options) option.hidden = Boolean(option.value) && option.value !== field.value && taken.has(option.value);
      row.classList.toggle("filled", filled);
      const [up, down] = row.querySelectorAll<HTMLButtonElement>("[data-move]");
      up.hidden = down.hidden = !filled || rows().length < 3;
      up.disabled = at === 0;
      down.disabled = at === rows().length - 2;
      up.setAttribute("aria-label", `Move ${field.selectedOptions[0].text} up`);
      down.setAttribute("aria-label", `Move ${field.selectedOptions[0].text} down`);
    });
  }

  list.addEventListener("change", () => { settle(); changed(); });
  list.addEventListener("click", event => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-move]");
    const row = button?.closest<HTMLElement>("[data-row]");
    if (!button || !row) return;
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    settle();
    (button.disabled ? row.querySelector<HTMLButtonElement>("[data-move]:not(:disabled)") : button)?.focus();
    changed();
  });
  new Sortable(list, { draggable: ".filled", filter: "select, button", preventOnFilter: false, animation: 120, delay: 150, delayOnTouchOnly: true, onEnd: () => { settle(); changed(); } });
  settle();
}
