// The picture chooser: the library in a dialog, with a search and an upload of its own.
import { Cancelled, Choice, Upload, upload } from "./uploads";

export function chosenPicture(): Promise<Choice | null> {
  const dialog = document.getElementById("picture-chooser") as HTMLDialogElement;
  const part = <T extends HTMLElement>(name: string) => dialog.querySelector<T>(`[data-${name}]`)!;
  const list = part("pictures");
  const words = part<HTMLInputElement>("picture-words");
  const form = part<HTMLFormElement>("upload");
  const problem = part("upload-problem");
  const bar = part<HTMLProgressElement>("progress");
  const cancel = part<HTMLButtonElement>("cancel");
  const over = new AbortController();
  let chosen: Choice | null = null;
  let sending: Upload | null = null;
  let asked = 0;

  const take = (picture: Choice) => { chosen = picture; dialog.close(); };

  async function show() {
    const mine = ++asked;
    const answer = await fetch("/desk/pictures.json?q=" + encodeURIComponent(words.value));
    const pictures = answer.ok ? (await answer.json()) as Choice[] : [];
    if (mine !== asked) return;
    list.replaceChildren(...pictures.map(item));
    part("no-pictures").hidden = pictures.length > 0;
  }

  function item(picture: Choice) {
    const entry = document.createElement("li");
    const button = entry.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "card";
    const image = button.appendChild(document.createElement("img"));
    image.className = "thumb";
    image.src = picture.thumb;
    image.loading = "lazy";
    image.alt = picture.alt || "A picture without a description";
    image.width = picture.width;
    image.height = picture.height;
    const caption = button.appendChild(document.createElement("span"));
    caption.className = "card-body small";
    caption.textContent = picture.caption || picture.alt || "No description";
    button.addEventListener("click", () => take(picture));
    return entry;
  }

  async function send(event: Event) {
    event.preventDefault();
    if (sending) return;
    problem.hidden = true;
    bar.hidden = cancel.hidden = false;
    sending = upload(new FormData(form), share => { bar.value = share; });
    try {
      take(await sending.done);
    } catch (failure) {
      if (!(failure instanceof Cancelled)) {
        problem.textContent = (failure as Error).message;
        problem.hidden = false;
      }
    } finally {
      sending = null;
      bar.hidden = cancel.hidden = true;
      bar.value = 0;
    }
  }

  return new Promise(resolve => {
    const { signal } = over;
    words.addEventListener("input", show, { signal });
    form.addEventListener("submit", send, { signal });
    cancel.addEventListener("click", () => sending?.cancel(), { signal });
    dialog.addEventListener("close", () => {
      over.abort();
      sending?.cancel();
      form.reset();
      problem.hidden = true;
      resolve(chosen);
    }, { once: true });
    show();
    dialog.showModal();
  });
}
