// While invitations leave, the page counts along. Without this script it says how far it was when it was opened.
const PAUSE = 2000;

async function look() {
  const here = document.querySelector("[data-progress]");
  if (!here?.hasAttribute("data-sending")) return;
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-progress]");
  if (answer.ok && next) here.replaceWith(next);
  window.setTimeout(look, PAUSE);
}

window.setTimeout(look, PAUSE);
