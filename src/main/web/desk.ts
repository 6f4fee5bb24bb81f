// The newsroom's frame: shortcuts, confirmations, toasts and menus. Every page works without it.
import "htmx.org";

const root = document.documentElement;
root.classList.add("script");

// Where a row of tabs is longer than the screen, the one that is open is in sight.
for (const here of document.querySelectorAll<HTMLElement>(".tabs [aria-current], .subtabs [aria-current]")) {
  const row = here.parentElement!;
  if (row.scrollWidth > row.clientWidth) here.scrollIntoView({ inline: "center", block: "nearest" });
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const go: Record<string, string> = { s: "/desk/stories", e: "/desk/editions", p: "/desk/pictures", r: "/desk/readers", t: "/desk/teams/enquiries", b: "/desk/business" };
let afterG = 0;

function rowLinks() {
  return [...document.querySelectorAll<HTMLAnchorElement>("[data-row-link]")];
}

function moveRow(step: number) {
  const links = rowLinks();
  if (links.length === 0) return;
  const now = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[Math.max(0, Math.min(links.length - 1, now + step))].focus();
}

function open(id: string) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (Date.now() - afterG < 1200 && go[key]) return location.assign(go[key]);
  afterG = key === "g" ? Date.now() : 0;
  if (key === "n") location.assign("/desk/stories/new");
  else if (key === "?") open("shortcuts");
  else if (key === "j") moveRow(1);
  else if (key === "k") moveRow(-1);
  else if (key === "/") {
    const search = document.querySelector<HTMLInputElement>("input[type=search]");
    if (!search) return location.assign("/desk/stories#search");
    event.preventDefault();
    search.focus();
    search.select();
  }
});

document.addEventListener("click", event => {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens]");
  if (opener) open(opener.dataset.opens!);
  target.closest("[data-closes]")?.closest("dialog")?.close("no");
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.who[open], details.drop[open]"))
    if (!menu.contains(target) || target.closest("[data-opens]")) menu.open = false;
  if (target instanceof HTMLDialogElement && target.open) target.close("no");
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector<HTMLDetailsElement>("details.who[open], details.drop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});

// A form or button with data-confirm asks first.
document.addEventListener("submit", event => {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  const dialog = document.getElementById("confirm");
  if (!question || form.dataset.confirmed || !(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-confirm-text]")!.textContent = question;
  dialog.querySelector("[data-confirm-yes]")!.textContent = button?.textContent?.trim() || "Continue";
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
    delete form.dataset.confirmed;
  }, { once: true });
  dialog.showModal();
}, true);

// Filters take effect at once; without script their button does it.
document.addEventListener("change", event => {
  const field = event.target as HTMLElement;
  if (field.matches("[data-submits]")) (field as HTMLSelectElement).form?.requestSubmit();
});

for (const toast of document.querySelectorAll<HTMLElement>("[data-toast]")) {
  const leave = () => {
    toast.classList.add("leaving");
    setTimeout(() => toast.remove(), 500);
  };
  toast.addEventListener("click", leave);
  setTimeout(leave, 6000);
}

if (location.hash === "#search") document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
