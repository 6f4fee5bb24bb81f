// Keeps the door's page, its script and its look in the browser, so that a phone without a connection can be reloaded. Nothing that names
// a guest passes through here: the list is fetched by the page, which encrypts it.
const KEPT = "door";
const worker = self as unknown as {
  addEventListener(type: string, listener: (event: any) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const request: Request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (/^\/desk\/events\/\d+\/door$/.test(path) || path.startsWith("/static/")) event.respondWith(fresh(request));
});

/** As the server has it; without a connection, or when that takes too long, as it was last. */
async function fresh(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request, { ignoreSearch: true });
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  const late = new Promise<Response>((done) => setTimeout(() => done(kept), 2500));
  return Promise.race([asked.catch(() => kept), late]);
}
