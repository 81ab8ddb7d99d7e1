// Saves each row of the list as it is marked; without us the form's own button saves them all.
const list = document.querySelector("form[data-attendance]");
const panel = document.querySelector("[data-panel]");
const announce = document.querySelector("[data-announce]");
const BY_SCRIPT = { "X-Requested-With": "fetch" };

const show = (row, state, text) => {
  row.dataset.state = state;
  row.querySelector("[data-state]").textContent = text;
};

// What the row says now: the form has the fields of all the others too.
const fieldsOf = (row) => {
  const data = new FormData();
  for (const field of row.querySelectorAll("input")) {
    if (field.type !== "radio" || field.checked) data.append(field.name, field.value);
  }
  data.set("csrfmiddlewaretoken", list.elements.csrfmiddlewaretoken.value);
  return data;
};

// After entering again in another tab, the page's own token no longer serves.
const renewToken = async () => {
  const answer = await fetch(location.pathname);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[data-attendance] [name=csrfmiddlewaretoken]");
  if (!token || answer.redirected) return false;
  list.elements.csrfmiddlewaretoken.value = token.value;
  return true;
};

const fail = (row, text, canRetry = true) => {
  show(row, "failed", text);
  if (!canRetry) return;
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "button quiet";
  retry.textContent = "Reintentar";
  retry.addEventListener("click", () => save(row));
  row.querySelector("[data-state]").append(" ", retry);
};

// Who is excused has a reason: without it the row waits, and the server would say the same.
const excuseOf = (row) => row.querySelector(".roll-excuse input");
const lacksExcuse = (row) =>
  row.querySelector(".roll-excused input").checked && !excuseOf(row).value.trim();

const post = async (row) => {
  const send = () =>
    fetch(list.action, { method: "POST", body: fieldsOf(row), headers: BY_SCRIPT });
  let answer = await send();
  if (answer.status === 403 && (await renewToken())) answer = await send();
  if (answer.redirected || answer.status === 403) {
    fail(row, "No guardado: vuelva a ingresar en otra pestaña.");
  } else if (answer.status === 409 || answer.status === 422) {
    fail(row, await answer.text(), false);
  } else if (!answer.ok) {
    fail(row, "No se guardó.");
  } else {
    panel.innerHTML = await answer.text();
    const sentence = panel.querySelector("[data-sentence]")?.textContent.trim() ?? "";
    announce.textContent = `${panel.querySelector(".quorum-count")?.textContent ?? ""}. ${sentence}`;
    row.querySelector("[data-remove]").hidden = false;
    row.classList.remove("roll-refused");
    for (const errors of row.querySelectorAll(".errorlist")) errors.remove();
    show(row, "saved", "Guardado");
  }
};

// One save of a row at a time, and after it another if something changed meanwhile.
const busy = new Map();

const save = async (row) => {
  if (busy.has(row)) {
    busy.set(row, true);
    return;
  }
  if (!row.querySelector("input[type=radio]:checked")) return;
  if (lacksExcuse(row)) {
    show(row, "waiting", "Falta el motivo");
    return;
  }
  do {
    busy.set(row, false);
    show(row, "saving", "Guardando…");
    try {
      await post(row);
    } catch {
      fail(row, "Sin conexión: no se guardó.");
    }
  } while (busy.get(row));
  busy.delete(row);
};

list.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) save(row);
});
window.addEventListener("online", () => {
  for (const row of list.querySelectorAll("[data-row][data-state=failed]")) save(row);
});
window.addEventListener("beforeunload", (event) => {
  if (list.querySelector("[data-row]:is([data-state=failed], [data-state=saving], [data-state=waiting])")) {
    event.preventDefault();
  }
});
// Enter in a field of a row keeps that row, and does not take anybody out of the list.
list.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-row] input")) return;
  event.preventDefault();
  save(event.target.closest("[data-row]"));
});
for (const button of list.querySelectorAll("[data-unsaid]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = button.closest("[data-row]");
    excuseOf(row).value = button.textContent;
    excuseOf(row).focus();
    save(row);
  });
}
list.querySelector("[data-save-all]").hidden = true;
list.querySelector("[data-autosave]").hidden = false;

// People known before are looked for while one types.
const search = document.querySelector("form[data-search]");
const found = document.querySelector("[data-found]");
let typing;
let asked = 0;

search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    asked += 1;
    const mine = asked;
    const query = new URLSearchParams(new FormData(search));
    try {
      const answer = await fetch(`${location.pathname}?${query}`, { headers: BY_SCRIPT });
      if (answer.ok && !answer.redirected && mine === asked) found.innerHTML = await answer.text();
    } catch {
      // The button «Buscar» still asks.
    }
  }, 300);
});
