// Counts the votes while they are marked; without us the form's own buttons ask the server.
const form = document.querySelector("form[data-vote]");
const part = form.querySelector("[data-part]");
const look = form.querySelector("[data-look]");

const plural = (count, one, many) => `${count === 1 ? one : many}`;
const bold = (number) => Object.assign(document.createElement("b"), { textContent: number });

const count = () => {
  const table = part.querySelector("[data-seats]");
  const rows = [...table.querySelectorAll("[data-row]")];
  const of = (sense) => rows.filter((row) => row.querySelector(`[value=${sense}]:checked`)).length;
  const [favor, against, abstentions] = ["favor", "against", "abstention"].map(of);
  const missing = rows.length - favor - against - abstentions;
  part
    .querySelector("[data-count]")
    .replaceChildren(
      bold(favor),
      " a favor · ",
      bold(against),
      " en contra · ",
      bold(abstentions),
      ` ${plural(abstentions, "abstención", "abstenciones")} · `,
      ...(missing ? [bold(missing), " sin marcar"] : ["todos marcados"]),
    );
  // As sessions/voting.py has it: one vote more has to be a majority.
  const tied = !missing && favor === against && favor + 1 >= Number(table.dataset.majority);
  part.querySelector("[data-casting]").hidden = !tied;
};

const isOfASeat = (field) => field.matches("[data-row] input[type=radio]");

form.addEventListener("change", (event) => {
  if (isOfASeat(event.target)) count();
  if (event.target.name === "at" && event.target.value) lookAt();
});

form.querySelector("[data-all]").addEventListener("click", (event) => {
  event.preventDefault();
  for (const radio of part.querySelectorAll("[data-row] [value=favor]")) radio.checked = true;
  count();
});

// Who sits depends on the hour: the server gives the seats again, with what is marked.
let asked = 0;
const lookAt = async () => {
  asked += 1;
  const mine = asked;
  const fields = new FormData(form);
  fields.set("ver", "1");
  try {
    const answer = await fetch(location.href, {
      method: "POST",
      body: fields,
      headers: { "X-Requested-With": "fetch" },
    });
    if (answer.ok && !answer.redirected && mine === asked) {
      part.innerHTML = await answer.text();
      count();
      return;
    }
  } catch {
    // The button below still asks.
  }
  look.hidden = false;
};

look.hidden = true;
count();
