// Tells of every block, and of all together, whether the server has what was written.
const bar = document.querySelector(".editor-status");
const WORDS = {
  saved: "Guardado",
  saving: "Guardando…",
  offline: "Sin conexión",
  login: "Sesión terminada",
  conflict: "Conflicto",
  refused: "Sin guardar",
};
const SENTENCES = {
  saved: "Todo guardado",
  saving: "Guardando…",
  offline: "Sin conexión: lo escrito se conserva en este navegador y se enviará solo",
  login: "Sesión terminada: ingrese en otra pestaña y siga",
  conflict: "Conflicto: dos personas cambiaron el mismo texto",
  refused: "Hay texto sin guardar",
};
const WEIGHT = ["conflict", "refused", "login", "offline", "saving", "saved"];
const states = new Map();

export function tell(block, state, message = "") {
  states.set(block, state);
  const label = block.stateLabel;
  label.textContent = message || WORDS[state];
  label.dataset.state = state;
  const all = WEIGHT.find((weight) => [...states.values()].includes(weight)) ?? "saved";
  if (bar.dataset.state === all && bar.textContent) return;
  bar.dataset.state = all;
  bar.textContent = SENTENCES[all];
  if (all === "login") {
    const link = document.createElement("a");
    link.href = document.getElementById("editor").dataset.login;
    link.target = "_blank";
    link.textContent = "Ingresar";
    bar.append(". ", link);
  }
}

export function forget(block) {
  states.delete(block);
}

export const isAllSaved = () => [...states.values()].every((state) => state === "saved");

// What concerns no block in particular.
export function say(message) {
  bar.textContent = message;
}

bar.textContent = SENTENCES.saved;
