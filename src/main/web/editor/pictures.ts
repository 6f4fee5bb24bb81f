// The picture chooser: the library in a dialog, with a search and an upload of its own.
export interface Choice { id: number; src: string; thumb: string; large: string; width: number; height: number; alt: string; caption: string; credit: string }

export function chosenPicture(): Promise<Choice | null> {
  const dialog = document.getElementById("picture-chooser") as HTMLDialogElement;
  const list = dialog.querySelector<HTMLElement>("[data-pictures]")!;
  const words = dialog.querySelector<HTMLInputElement>("[data-picture-words]")!;
  const upload = dialog.querySelector<HTMLFormElement>("[data-upload]")!;
  const problem = dialog.querySelector<HTMLElement>("[data-upload-problem]")!;
  return new Promise(resolve => {
    let chosen: Choice | null = null;
    const take = (picture: Choice) => {
      chosen = { ...picture, large: picture.src.replace("/content/images/", "/content/images/size/w1000/") };
      dialog.close();
    };
    const show = async () => {
      const answer = await fetch("/desk/pictures.json?q=" + encodeURIComponent(words.value));
      const pictures = answer.ok ? (await answer.json()) as Choice[] : [];
      list.replaceChildren(...pictures.map(picture => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "card";
        const image = document.createElement("img");
        image.className = "thumb";
        image.src = picture.thumb;
        image.alt = picture.alt || "A picture without a description";
        image.width = picture.width;
        image.height = picture.height;
        button.append(image);
        button.addEventListener("click", () => take(picture));
        item.append(button);
        return item;
      }));
    };
    const send = async (event: Event) => {
      event.preventDefault();
      problem.hidden = true;
      const answer = await fetch("/desk/pictures", { method: "POST", headers: { Accept: "application/json" }, body: new FormData(upload) });
      const said = await answer.json();
      if (answer.ok) return take(said as Choice);
      problem.textContent = said.problem ?? said.message;
      problem.hidden = false;
    };
    const closed = () => {
      words.removeEventListener("input", show);
      upload.removeEventListener("submit", send);
      upload.reset();
      resolve(chosen);
    };
    words.addEventListener("input", show);
    upload.addEventListener("submit", send);
    dialog.addEventListener("close", closed, { once: true });
    show();
    dialog.showModal();
  });
}
