// Puts a suggestion that an editor took into the field where it belongs, as if it had been chosen there.
export interface Suggestion { kind: string; value: string; name: string }

const changed = (field: HTMLElement) => field.dispatchEvent(new Event("change", { bubbles: true }));

export function take(form: HTMLFormElement, suggestion: Suggestion): boolean {
  switch (suggestion.kind) {
    case "topic": return choose(form, suggestion.value);
    case "industry": return tick(form, suggestion.value);
    case "country": return write(form, suggestion.name);
    case "title": case "standfirst": return put(form, suggestion.kind, suggestion.name);
    case "entity": return link(form, suggestion);
    default: return false;
  }
}

/** Into the empty row that waits at the end. */
function choose(form: HTMLFormElement, slug: string) {
  const last = [...form.querySelectorAll<HTMLSelectElement>("select[name=topics]")].pop();
  if (!last || ![...last.options].some(option => option.value === slug)) return false;
  last.value = slug;
  changed(last);
  return true;
}

function tick(form: HTMLFormElement, slug: string) {
  const box = [...form.querySelectorAll<HTMLInputElement>("[name=industries]")].find(one => one.value === slug);
  if (!box) return false;
  box.checked = true;
  box.closest("details")!.open = true;
  changed(box);
  return true;
}

function link(form: HTMLFormElement, { value, name }: Suggestion) {
  const place = form.querySelector<HTMLDetailsElement>("[data-entities]")!;
  const label = document.createElement("label");
  label.className = "check";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "entities", value, checked: true });
  const shown = document.createElement("bdi");
  shown.textContent = name;
  label.append(box, " ", shown);
  place.querySelector(".hint")!.before(label);
  place.open = true;
  changed(box);
  return true;
}

function put(form: HTMLFormElement, name: string, words: string) {
  const field = form.querySelector<HTMLTextAreaElement>("#" + name)!;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function write(form: HTMLFormElement, name: string) {
  const last = [...form.querySelectorAll<HTMLInputElement>("[name=countries]")].pop();
  if (!last) return false;
  const here = document.activeElement as HTMLElement | null;
  last.value = name;
  last.closest("details")!.open = true;
  changed(last);
  here?.focus();
  return true;
}
