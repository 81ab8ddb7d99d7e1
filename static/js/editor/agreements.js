// What an agreement is followed up by; each change is saved as it is made.
import { Block } from "./block.js";
import { fields } from "./details.js";

const valueOf = (field) =>
  field.matches(".checks")
    ? [...field.querySelectorAll(":checked")].map((box) => box.value).sort()
    : field.value;

function fill(field, value) {
  if (!field.matches(".checks")) field.value = value;
  for (const box of field.querySelectorAll("[type=checkbox]")) box.checked = value.includes(box.value);
}

export function prepare(element) {
  const block = Block.of(element);
  const details = element.querySelector(".agreement-details");
  const dates = element.querySelector(".due-dates");
  const values = JSON.parse(details.dataset.values);
  for (const [name, value] of Object.entries(values)) block.base.set(name, String(value));
  let made = null;

  // An acta has many agreements, and each of their fields the choices of the whole commission.
  const make = () => {
    if (made) return;
    made = fields("agreement-fields", block);
    for (const [name, field] of made) {
      fill(field, values[name]);
      field.addEventListener("change", () => {
        values[name] = valueOf(field);
        block.choose(name, values[name]);
        if (name === "due_on") offer();
        if (name === "adoption") tellAdoption();
      });
    }
    details.append(made.get("adoption").closest(".agreement-fields"));
  };
  details.addEventListener("toggle", make);
  const tellAdoption = () => {
    for (const part of element.querySelectorAll("[data-adopted]")) {
      part.hidden = part.dataset.adopted !== values.adoption;
    }
  };
  // Its number may be another since the page was opened.
  element.querySelector("[data-adopted=vote] a").addEventListener("click", (event) => {
    const place = [...element.parentElement.children].indexOf(element) + 1;
    event.currentTarget.href = event.currentTarget.href.replace(/acuerdos\/\d+/, `acuerdos/${place}`);
  });
  block.onTheirs.push((name, value) => {
    if (!(name in values)) return;
    values[name] = value;
    if (made) fill(made.get(name), value);
    if (name === "adoption") tellAdoption();
  });
  dates.addEventListener("click", (event) => {
    const day = event.target.closest("[data-due]")?.dataset.due;
    if (!day) return;
    make();
    values.due_on = day;
    made.get("due_on").value = day;
    offer();
    block.choose("due_on", day);
    details.open = true;
    made.get("due_on").focus();
  });
  // A day that is the term already is not offered again; a wrong weekday stays pointed out.
  const offer = () => {
    for (const button of dates.querySelectorAll("[data-due]")) {
      button.hidden = button.dataset.due === values.due_on;
    }
  };
  block.onSaved.push((answer) => {
    if ("due" in answer) dates.innerHTML = answer.due;
    offer();
  });
  offer();
}
