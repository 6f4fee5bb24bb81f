// What is pasted keeps what it means (headings, lists, links, quotes, tables, code) and loses how it looked elsewhere.
export function tidyPasted(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("script, style, link, meta, title, xml, o\\:p, iframe, object, svg, .mso-hide").forEach(found => found.remove());
  meantByStyle(page);
  footnotes(page);
  wordLists(page);
  for (const note of page.querySelectorAll<HTMLElement>("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) note.remove();
  for (const title of page.querySelectorAll("p.MsoTitle, p.title")) rename(title, "h2");
  for (const quote of page.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) wrap(quote, "blockquote");
  for (const code of page.querySelectorAll("pre")) code.textContent = code.textContent;
  return page.body.innerHTML;
}

function rename(element: Element, name: string) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

function wrap(element: Element, name: string) {
  const around = element.ownerDocument.createElement(name);
  element.replaceWith(around);
  around.append(element);
}

/** Word says "this paragraph is an item of the second level" in a style; browsers need lists. */
function wordLists(page: Document) {
  const levelOf = (element: Element) => Number(/mso-list:[^;"]*level(\d)/i.exec(element.getAttribute("style") ?? "")?.[1] ?? 0);
  let open: Element[] = [];
  for (const item of [...page.querySelectorAll("p")]) {
    const level = levelOf(item);
    if (!level) { open = []; continue; }
    if (open.length && item.previousElementSibling !== open[0]) open = [];
    const sign = item.querySelector("[style*='Ignore']")?.textContent ?? "";
    const name = /^\s*[0-9a-z]{1,3}[.)]/i.test(sign) ? "ol" : "ul";
    while (open.length > level) open.pop();
    while (open.length < level) {
      const list = page.createElement(name);
      const above = open[open.length - 1];
      if (!above) item.before(list);
      else (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(list);
      open.push(list);
    }
    const entry = page.createElement("li");
    open[open.length - 1].append(entry);
    entry.append(item);
  }
}

/** Footnotes as Word and Google Docs write them, as ours. */
function footnotes(page: Document) {
  const section = page.createElement("section");
  section.className = "footnotes";
  for (const link of page.querySelectorAll<HTMLElement>("a[href]")) {
    const [, back, number] = /#_?ftnt?_?(ref)?(\d+)$/.exec(link.getAttribute("href") ?? "") ?? [];
    if (!number) continue;
    if (back) {
      const note = link.closest("div[id], li") ?? link.closest("p") ?? link;
      const item = page.createElement("li");
      item.id = "fn" + number;
      link.remove();
      item.textContent = note.textContent?.trim() ?? "";
      section.append(item);
      note.remove();
    } else {
      const mark = page.createElement("sup");
      mark.innerHTML = `<a href="#fn${number}">${number}</a>`;
      (link.closest("sup") ?? link).replaceWith(mark);
    }
  }
  if (section.childElementCount) page.body.append(section);
}

/** Document programs say in styles what they mean, and may put everything into one <b> that means nothing. The page's policy hides styles from scripts, so they are read as text. */
function meantByStyle(page: Document) {
  for (const element of [...page.querySelectorAll<HTMLElement>("[style]")]) {
    const style = element.getAttribute("style")!;
    const weight = /font-weight:\s*([a-z0-9]+)/i.exec(style)?.[1] ?? "";
    const plain = /^(normal|[1-5]00)$/.test(weight);
    if (/^(B|STRONG)$/.test(element.tagName) && plain) { element.replaceWith(...element.childNodes); continue; }
    if (element.tagName !== "SPAN") continue;
    if (/^(bold|bolder|[6-9]00)$/.test(weight)) fill(element, "strong");
    if (/font-style:\s*italic/i.test(style)) fill(element, "em");
    if (/text-decoration[^;]*line-through/i.test(style)) fill(element, "s");
    if (/vertical-align:\s*super/i.test(style)) fill(element, "sup");
    if (/vertical-align:\s*sub\b/i.test(style)) fill(element, "sub");
  }
}

function fill(element: Element, name: string) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}
