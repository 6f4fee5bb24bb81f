// The picture library: says at once when a file is too large, takes one by drop, and sets the focal point by click.
const form = document.querySelector<HTMLFormElement>("form.drop-zone");
if (form) {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const problem = form.querySelector<HTMLElement>("[data-problem]")!;
  const check = () => {
    const tooLarge = (file.files?.[0]?.size ?? 0) > Number(form.dataset.most);
    problem.hidden = !tooLarge;
    problem.textContent = tooLarge ? "This picture is larger than 25 MB. Please choose a smaller version." : "";
    return !tooLarge;
  };
  file.addEventListener("change", check);
  form.addEventListener("submit", event => {
    if (!check()) return event.preventDefault();
    const button = form.querySelector("button")!;
    button.textContent = "Uploading…";
    button.disabled = true;
  });
  form.addEventListener("dragover", event => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", event => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    file.files = event.dataTransfer.files;
    if (check()) form.requestSubmit();
  });
}

const frame = document.querySelector<HTMLElement>("[data-focal]");
if (frame) {
  const mark = frame.querySelector<SVGCircleElement>("[data-focal-mark]")!;
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
