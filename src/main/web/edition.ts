// Puts an edition's stories in order by drag; the arrows beside each do the same without script or mouse.
import Sortable from "sortablejs";

const list = document.querySelector<HTMLElement>("[data-order]");
if (list && document.querySelector("[name=add]")) {
  new Sortable(list, { draggable: "[data-story]", filter: "button, a", preventOnFilter: false, animation: 120, delay: 120, delayOnTouchOnly: true });
}
