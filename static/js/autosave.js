// Saves each <form data-autosave> as one types; without us its own button saves it.
// What the server has not taken yet is kept in the browser, and is there again after coming back.
const WAIT = 1200;
const RETRY = 10000;
const forms = [...document.querySelectorAll("form[data-autosave]")];
const states = new Map();

const keyOf = (form) => `cnlctf:${new URL(form.action).pathname}`;
const fieldsOf = (form) =>
  [...form.elements].filter((one) => one.name && !one.name.endsWith("-version") && one.name !== "csrfmiddlewaretoken");
const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

function show(form, state, words) {
  form.dataset.state = state;
  form.querySelector("[data-save-state]").textContent = words;
}

function keep(form) {
  const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, valueOf(field)]));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(values));
  } catch {
    // No room or no permission: the page still saves.
  }
}

function recover(form) {
  const kept = localStorage.getItem(keyOf(form));
  if (!kept) return;
  let differs = false;
  for (const [name, value] of Object.entries(JSON.parse(kept))) {
    const field = form.elements[name];
    if (!field || valueOf(field) === value) continue;
    differs = true;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  if (!differs) {
    localStorage.removeItem(keyOf(form));
    return;
  }
  show(form, "waiting", "Se recuperó lo que no se había guardado.");
  later(form, WAIT);
}

function clearErrors(form) {
  for (const list of form.querySelectorAll(".errorlist[data-live]")) list.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

function showErrors(form, errors) {
  for (const [name, told] of Object.entries(errors)) {
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.dataset.live = "";
    for (const words of told) {
      const item = document.createElement("li");
      item.textContent = words;
      list.append(item);
    }
    const field = form.elements[name];
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.before(list);
    } else {
      form.prepend(list);
    }
  }
}

function later(form, wait) {
  const state = states.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), wait);
}

async function save(form) {
  const state = states.get(form);
  if (state.busy) {
    state.again = true;
    return;
  }
  state.busy = true;
  state.again = false;
  show(form, "saving", "Guardando…");
  try {
    await post(form);
  } catch {
    show(form, "offline", "Sin conexión: se guarda en este navegador y se reintenta.");
    later(form, RETRY);
  }
  state.busy = false;
  if (state.again) later(form, WAIT);
}

async function post(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
  });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  clearErrors(form);
  if (answer.redirected || !isJson) {
    show(form, "failed", "No guardado: vuelva a ingresar y abra otra vez esta página. Lo escrito se conserva aquí.");
    return;
  }
  const said = await answer.json();
  if (answer.ok) {
    form.querySelector("[name$=-version]").value = said.version;
    if (!states.get(form).again) localStorage.removeItem(keyOf(form));
    show(form, "saved", "Guardado");
  } else if (answer.status === 422) {
    showErrors(form, said.errors);
    show(form, "failed", "No guardado: corrija lo que se indica.");
  } else {
    show(form, "conflict", said.message);
  }
}

for (const form of forms) {
  states.set(form, { busy: false, again: false, timer: 0 });
  form.addEventListener("input", () => {
    keep(form);
    show(form, "waiting", "Sin guardar");
    later(form, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(states.get(form).timer);
    save(form);
  });
  recover(form);
}

addEventListener("beforeunload", (event) => {
  if (forms.some((form) => ["waiting", "saving"].includes(form.dataset.state))) event.preventDefault();
});

// Another form of the page takes one away from it: what is unsaved goes first.
for (const other of document.querySelectorAll("form:not([data-autosave])")) {
  other.addEventListener("submit", async (event) => {
    const waiting = forms.filter((form) => form.dataset.state === "waiting");
    if (!waiting.length) return;
    event.preventDefault();
    for (const form of waiting) clearTimeout(states.get(form).timer);
    await Promise.all(waiting.map(save));
    if (waiting.every((form) => form.dataset.state === "saved")) other.submit();
    else waiting[0].scrollIntoView({ block: "center" });
  });
}
