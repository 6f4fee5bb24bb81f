// Captions: over the picture while they are typed, in the player's own track afterwards. One button shows and hides both; it is remembered.
const KEY = "captions";
const STAYS = 8000;

export function captions(root: HTMLElement): (words: string) => void {
  const over = root.querySelector<HTMLElement>("[data-caption]");
  const button = root.querySelector<HTMLButtonElement>("[data-captions]");
  const track = root.querySelector<HTMLTrackElement>("track");
  let timer = 0;
  let on = true;
  try { on = localStorage.getItem(KEY) !== "off"; } catch { /* a browser that keeps nothing shows them */ }

  function show(): void {
    button?.setAttribute("aria-pressed", String(on));
    if (over) over.classList.toggle("live-caption-off", !on);
    if (track) track.track.mode = on ? "showing" : "disabled";
  }

  if (button) {
    button.hidden = !track;
    button.addEventListener("click", () => {
      on = !on;
      try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* for this page alone, then */ }
      show();
    });
  }
  // A player that takes the picture over sets tracks back; this comes after it.
  root.querySelector("video")?.addEventListener("loadedmetadata", show);
  show();

  return (words) => {
    if (!over) return;
    if (button) button.hidden = false;
    over.textContent = words;
    over.hidden = false;
    clearTimeout(timer);
    timer = window.setTimeout(() => { over.hidden = true; }, STAYS);
  };
}
