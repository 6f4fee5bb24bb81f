// Enquiries moved from column to column by drag, or by the arrow keys while a card's name has the focus. Without this script each card's
// form does the same.
import Sortable from "sortablejs";

const board = document.querySelector<HTMLElement>("[data-pipeline]");
const said = document.querySelector<HTMLElement>("[data-said]");
if (board) {
  const lanes = [...board.querySelectorAll<HTMLElement>("[data-lane]")];
  for (const lane of lanes)
    Sortable.create(lane, {
      group: "enquiries",
      animation: 120,
      filter: "select, button",
      preventOnFilter: false,
      onEnd: event => {
        if (event.from !== event.to) move(event.item, event.from, event.to);
      },
    });

  board.addEventListener("keydown", event => {
    const card = (event.target as Element).closest<HTMLElement>("[data-card]");
    if (!card || !(event.target instanceof HTMLAnchorElement) || event.ctrlKey || event.altKey || event.metaKey) return;
    const right = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = event.key === right ? 1 : /^Arrow(Left|Right)$/.test(event.key) ? -1 : 0;
    const from = lanes.findIndex(lane => lane.contains(card));
    const to = lanes[from + step];
    if (!step || !to) return;
    event.preventDefault();
    to.prepend(card);
    event.target.focus();
    move(card, lanes[from], to);
  });
}

function count() {
  for (const lane of document.querySelectorAll<HTMLElement>("[data-lane]"))
    lane.parentElement!.querySelector(".count")!.textContent = String(lane.children.length);
}

async function move(card: HTMLElement, from: HTMLElement, to: HTMLElement) {
  count();
  const state = to.dataset.lane!;
  card.querySelector<HTMLSelectElement>("select[name=to]")!.value = state;
  try {
    const answer = await fetch(card.querySelector("form")!.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ to: state }),
    });
    if (!answer.ok) throw new Error();
    said!.textContent = ((await answer.json()) as { said: string }).said;
  } catch {
    from.append(card);
    card.querySelector<HTMLSelectElement>("select[name=to]")!.value = from.dataset.lane!;
    count();
    said!.textContent = "This could not be saved, so the card is back where it was.";
  }
}
