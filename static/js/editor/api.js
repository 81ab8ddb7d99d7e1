// Sends a change to the server and tells apart what can go wrong with it.
const root = document.getElementById("editor");
let token = root.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// kind: "offline" and "login" pass by themselves or with the person's help, and are tried again;
// "conflict" brings the other text; "refused" has a message and stays.
export class Trouble extends Error {
  constructor(kind, message = "", data = {}) {
    super(message);
    this.kind = kind;
    this.data = data;
  }
}

async function ask(path, options) {
  const headers = { Accept: "application/json", ...options.headers };
  let response;
  try {
    response = await fetch(path, { ...options, headers, redirect: "manual" });
  } catch {
    throw new Trouble("offline");
  }
  // Whoever is no longer known is sent to the login page.
  if (response.type === "opaqueredirect") throw new Trouble("login");
  return response;
}

const send = (path, fields, options) =>
  ask(path, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams(fields),
    ...options,
  });

// Whoever entered again in another tab has another token than this page.
async function renewToken() {
  const response = await ask(root.dataset.url, {});
  if (!response.ok) throw new Trouble("refused", "Su cuenta ya no tiene permiso para escribir actas.");
  token = (await response.json()).token;
}

export async function post(path, fields, options = {}) {
  let response = await send(path, fields, options);
  if (response.status === 403) {
    await renewToken();
    response = await send(path, fields, options);
  }
  let data;
  try {
    data = await response.json();
  } catch {
    // No answer of ours: a proxy's page, or a server that is being restarted.
    if (response.status >= 500) throw new Trouble("offline");
    throw new Trouble("refused", "El servidor no aceptó el cambio. Su texto se conserva aquí.");
  }
  if (response.ok) return data;
  throw new Trouble("version" in data ? "conflict" : "refused", data.message, data);
}
