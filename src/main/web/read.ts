// A story's page says that it was opened, once somebody looks at it. It says which story, and nothing about who reads it.
function tell() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  navigator.sendBeacon(`/read${location.pathname}`);
}

document.addEventListener("visibilitychange", tell);
tell();
