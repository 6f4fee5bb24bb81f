// The picture library: takes pictures by choice, drop and paste, one after the other, and sets the focal point by click.
import { Cancelled, upload } from "./editor/uploads";

const form = document.querySelector<HTMLFormElement>("form.drop-zone");
if (form) {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const list = form.querySelector<HTMLElement>("[data-uploads]")!;
  file.multiple = true;

  /** One line for each: how far it is, a way to stop it, and what came of it. */
  async function send(picture: File): Promise<number | null> {
    const line = list.appendChild(document.createElement("li"));
    const words = line.appendChild(document.createElement("span"));
    words.textContent = picture.name || "Pasted picture";
    const bar = line.appendChild(document.createElement("progress"));
    bar.max = 1;
    bar.value = 0;
    const stop = line.appendChild(document.createElement("button"));
    stop.type = "button";
    stop.className = "button tiny";
    stop.textContent = "Cancel";
    const fields = new FormData();
    fields.set("picture", picture);
    const sending = upload(fields, share => { bar.value = share; });
    stop.addEventListener("click", () => sending.cancel());
    try {
      const kept = await sending.done;
      words.textContent += " is in the library.";
      return kept.id;
    } catch (failure) {
      if (failure instanceof Cancelled) line.remove();
      else {
        line.className = "failed";
        line.setAttribute("role", "alert");
        words.textContent += ": " + (failure as Error).message;
      }
      return null;
    } finally {
      bar.remove();
      stop.remove();
    }
  }

  async function sendAll(files: File[]) {
    const pictures = files.filter(found => found.size > 0);
    if (!pictures.length) return;
    list.hidden = false;
    const kept: number[] = [];
    for (const picture of pictures) {
      const id = await send(picture);
      if (id !== null) kept.push(id);
    }
    file.value = "";
    if (list.querySelector(".failed") || !kept.length) return;
    location.assign(kept.length === 1 ? "/desk/pictures/" + kept[0] : "/desk/pictures?without=alt");
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    sendAll([...file.files ?? []]);
  });
  form.addEventListener("dragover", event => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", event => {
    event.preventDefault();
    form.classList.remove("over");
    sendAll([...event.dataTransfer?.files ?? []]);
  });
  document.addEventListener("paste", event => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length) sendAll(files);
  });
}

const frame = document.querySelector<HTMLElement>("[data-focal]");
if (frame) {
  const mark = frame.querySelector<SVGEllipseElement>("[data-focal-mark]")!;
  const [x, y] = ["focal_x", "focal_y"].map(id => document.getElementById(id) as HTMLInputElement);
  const show = () => {
    mark.setAttribute("cx", String(Number(x.value) * 100));
    mark.setAttribute("cy", String(Number(y.value) * 100));
  };
  frame.addEventListener("click", event => {
    const box = frame.getBoundingClientRect();
    x.value = ((event.clientX - box.left) / box.width).toFixed(3);
    y.value = ((event.clientY - box.top) / box.height).toFixed(3);
    show();
  });
  x.addEventListener("input", show);
  y.addEventListener("input", show);
}
