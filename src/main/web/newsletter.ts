// Adds and removes rows in a list of holidays. Without it, the list's empty rows take new ones.
const list = document.querySelector<HTMLElement>("[data-holidays]");

function number(row: HTMLElement, n: number) {
  for (const field of row.querySelectorAll<HTMLElement>("[id]")) field.id = field.id.replace(/-\d+$/, `-${n}`);
  for (const label of row.querySelectorAll<HTMLLabelElement>("label")) label.htmlFor = label.htmlFor.replace(/-\d+$/, `-${n}`);
}

function isEmpty(row: Element) {
  return [...row.querySelectorAll("input")].every(input => input.value === "");
}

if (list) {
  const rows = () => [...list.querySelectorAll<HTMLElement>("[data-holiday]")];
  const pattern = rows().at(-1)!.cloneNode(true) as HTMLElement;
  let next = rows().length;
  for (const row of rows().filter(isEmpty)) row.remove();

  list.addEventListener("click", event => {
    const target = event.target as Element;
    const adding = target.closest("[data-holiday-add]");
    if (adding) {
      const row = pattern.cloneNode(true) as HTMLElement;
      number(row, next++);
      adding.parentElement!.before(row);
      row.querySelector("input")!.focus();
    }
    const removing = target.closest("[data-holiday-remove]");
    if (removing) {
      removing.closest("[data-holiday]")!.remove();
      list.querySelector<HTMLElement>("[data-holiday-add]")!.focus();
    }
  });
}

// A rhythm brings its usual days; the editor may choose others after it.
const usual: Record<string, string[]> = {
  daily: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  weekdays: ["mon", "tue", "wed", "thu", "fri"],
};
document.getElementById("slot")?.addEventListener("change", event => {
  const days = [...document.querySelectorAll<HTMLInputElement>("input[name=day]")];
  const slot = (event.target as HTMLSelectElement).value;
  const wanted = usual[slot];
  if (wanted) for (const day of days) day.checked = wanted.includes(day.value);
  else if (slot === "weekly" || slot === "review") days.filter(day => day.checked).slice(1).forEach(day => (day.checked = false));
});

const accent = document.getElementById("accent");
accent?.addEventListener("input", () => {
  document.querySelector<HTMLInputElement>("[name=own-accent]")!.checked = true;
});
