// A report's chapters tell which of them is being read. Without this script they are links, and that is all they need to be.
const links = new Map<Element, HTMLAnchorElement>();
for (const link of document.querySelectorAll<HTMLAnchorElement>(".chapters a[href^='#']")) {
  const chapter = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (chapter) links.set(chapter, link);
}

function mark(current: Element | undefined) {
  for (const [chapter, link] of links)
    if (chapter === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}

/** The last chapter whose beginning lies above a third of the window. */
function reading() {
  const line = innerHeight / 3;
  return [...links.keys()].filter(chapter => chapter.getBoundingClientRect().top < line).at(-1);
}

if (links.size) {
  let due = false;
  addEventListener("scroll", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      mark(reading());
    });
  }, { passive: true });
  mark(reading());
}
