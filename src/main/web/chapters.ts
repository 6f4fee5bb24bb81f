// A report's chapters tell which of them is being read. Without this script they are links, and that is all they need to be.
const links = new Map<Element, HTMLAnchorElement>();
for (const link of document.querySelectorAll<HTMLAnchorElement>(".chapters a[href^='#']")) {
  const chapter = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (chapter) links.set(chapter, link);
}

const now = document.querySelector("[data-chapter-now]");

function mark(current: Element | undefined) {
  if (now) now.textContent = (current && links.get(current)?.textContent) ?? "";
  for (const [chapter, link] of links)
    if (chapter === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

/** The last chapter whose beginning lies above a third of the window. */
function reading() {
  const line = innerHeight / 3;
  return [...links.keys()].filter(chapter => chapter.getBoundingClientRect().top < line).at(-1);
}

// Browsers that can tie the line to the scroll do so by themselves.
const line = document.querySelector<HTMLElement>(".read-line");
const text = document.querySelector<HTMLElement>(".report .story-body");
const byItself = CSS.supports("animation-timeline: --reading");
function grow() {
  if (byItself || !line || !text) return;
  const { top, height } = text.getBoundingClientRect();
  line.style.display = "block";
  line.style.transform = `scaleX(${Math.min(1, Math.max(0, -top / Math.max(1, height - innerHeight)))})`;
}

if (links.size) {
  let due = false;
  addEventListener("scroll", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      mark(reading());
      grow();
    });
  }, { passive: true });
  mark(reading());
}
