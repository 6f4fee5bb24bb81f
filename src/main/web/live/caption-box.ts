// What is said, typed line by line: each goes out when Enter is pressed, and the box is ready for the next.
export function captionBox(form: HTMLFormElement): void {
  const field = form.querySelector("input")!;
  const problem = form.querySelector<HTMLElement>("[data-caption-problem]")!;
  const lines = form.querySelector("[data-caption-lines]")!;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (!words) return;
    field.value = "";
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams({ words, script: "yes" }) }).catch(() => undefined);
    problem.hidden = !!answer?.ok;
    if (!answer?.ok) {
      problem.textContent = answer ? await answer.text() : "No connection just now. Please press Enter again.";
      if (!field.value) field.value = words;
      return;
    }
    const line = document.createElement("li");
    line.dir = "auto";
    line.textContent = words;
    lines.append(line);
    while (lines.children.length > 6) lines.firstElementChild!.remove();
  });
}
