// Fields for countries: the last one is always empty and waits for the next; one that was emptied goes.
export function keepCountries(list: HTMLElement) {
  const rows = () => [...list.querySelectorAll("li")];
  const field = (row: HTMLElement) => row.querySelector("input")!;
  list.addEventListener("change", event => {
    for (const row of rows().slice(0, -1)) if (!field(row).value.trim() && field(row) !== document.activeElement) row.remove();
    const last = rows()[rows().length - 1];
    if (field(last).value.trim()) {
      const next = last.cloneNode(true) as HTMLElement;
      field(next).value = "";
      field(next).placeholder = "Type a country";
      last.after(next);
      if (event.target === field(last)) field(next).focus();
    }
    rows().forEach((row, at) => {
      field(row).id = `country-${at}`;
      const label = row.querySelector("label")!;
      label.htmlFor = field(row).id;
      label.textContent = `Country ${at + 1}`;
    });
  });
}
