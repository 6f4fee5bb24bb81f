// What our server and the browser's own interface for passkeys say to each other. The server's JSON has bytes as base64url.
const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = (data: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(data))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

interface Described { id: string; type: "public-key"; transports?: AuthenticatorTransport[] }
const described = (all: Described[] | undefined) => all?.map(one => ({ ...one, id: bytes(one.id) }));

/** Sends a form and gives its JSON; what the server refuses becomes an error with its sentence. */
export async function send(path: string, fields: Record<string, string> = {}): Promise<any> {
  const response = await fetch(path, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(typeof answer.message === "string" ? answer.message : "");
  return answer;
}

/** Has the person at the device sign a challenge; as text for the server. */
export async function signed(mediation?: CredentialMediationRequirement, signal?: AbortSignal) {
  const { publicKey } = await send("/signin/passkey/begin");
  const credential = (await navigator.credentials.get({
    mediation,
    signal,
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: described(publicKey.allowCredentials) },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  return JSON.stringify({
    id: credential.id,
    type: credential.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature),
      userHandle: answer.userHandle ? text(answer.userHandle) : undefined,
    },
  });
}

/** Has the device make a passkey; as text for the server. */
export async function made() {
  const { publicKey } = await send("/account/passkeys/begin");
  const credential = (await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: described(publicKey.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAttestationResponse;
  return JSON.stringify({
    id: credential.id,
    type: credential.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      attestationObject: text(answer.attestationObject),
      transports: answer.getTransports?.() ?? [],
    },
  });
}

/** Says what went wrong where the person is looking; someone who has pressed "cancel" knows already. */
export function complain(near: Element, error: unknown) {
  if (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError")) return;
  const sentence = error instanceof DOMException && error.name === "InvalidStateError" ? near.getAttribute("data-there") : error instanceof Error ? error.message : "";
  const line = near.querySelector<HTMLElement>(".problem") ?? document.createElement("p");
  line.className = "problem";
  line.setAttribute("role", "alert");
  line.textContent = sentence || near.getAttribute("data-problem");
  near.append(line);
}
