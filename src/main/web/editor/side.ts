// What stands beside the text: the lead picture, and fields that only some kinds have.
import { chosenPicture } from "./chooser";

export function leadPicture(form: HTMLFormElement, changed: () => void) {
  const shown = form.querySelector<HTMLElement>("[data-picture-shown]")!;
  const field = form.querySelector<HTMLInputElement>("[data-picture]")!;
  const none = form.querySelector<HTMLButtonElement>("[data-no-picture]")!;
  form.querySelector("[data-choose-picture]")?.addEventListener("click", async () => {
    const picture = await chosenPicture();
    if (!picture) return;
    field.value = String(picture.id);
    const image = shown.querySelector("img")!;
    image.src = picture.thumb.replace("/w300/", "/w600/");
    image.alt = picture.alt;
    shown.querySelector("figcaption")!.textContent = `${picture.caption} ${picture.credit}`.trim();
    shown.hidden = none.hidden = false;
    changed();
  });
  none.addEventListener("click", () => {
    field.value = "";
    shown.hidden = none.hidden = true;
    form.querySelector<HTMLButtonElement>("[data-choose-picture]")?.focus();
    changed();
  });
}

export function fieldsByKind(form: HTMLFormElement) {
  const kind = form.querySelector<HTMLSelectElement>("[name=kind]")!;
  const label = form.querySelector<HTMLElement>("[data-body-label]")!;
  const show = () => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-kinds]")) part.hidden = part.dataset.kinds !== kind.value;
    label.textContent = kind.value === "memo" ? "Analysis" : "Story";
  };
  kind.addEventListener("change", show);
  show();
}

/** Plans, free times and counting are asked for where they mean something. */
export function fieldsByAccess(form: HTMLFormElement, access: HTMLSelectElement) {
  const show = () => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-for-access]"))
      part.hidden = !part.dataset.forAccess!.split(" ").includes(access.value);
  };
  access.addEventListener("change", show);
  show();
}

/** The text's language says which way it runs, until someone says otherwise. */
export function directionOfLanguage(form: HTMLFormElement) {
  const language = form.querySelector<HTMLInputElement>("[name=language]")!;
  const direction = form.querySelector<HTMLSelectElement>("[name=direction]")!;
  language.addEventListener("change", () => {
    direction.value = /^(ar|he|fa|ur|ps|dv|yi|ckb|sd|ug)(-|$)/i.test(language.value) ? "rtl" : "ltr";
    direction.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
