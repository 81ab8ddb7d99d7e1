// What an agreement is followed up by; each change is saved as it is made.
import { Block } from "./block.js";

const valueOf = (field) =>
  field.matches(".checks")
    ? [...field.querySelectorAll(":checked")].map((box) => box.value).sort()
    : field.value;

export function prepare(element) {
  const block = Block.of(element);
  const due = element.querySelector("[data-detail=due_on]");
  const dates = element.querySelector(".due-dates");
  for (const field of element.querySelectorAll("[data-detail]")) {
    const { detail } = field.dataset;
    block.base.set(detail, String(valueOf(field)));
    field.addEventListener("change", () => block.choose(detail, valueOf(field)));
    block.onTheirs.push((name, value) => {
      if (name !== detail) return;
      if (!field.matches(".checks")) field.value = value;
      for (const box of field.querySelectorAll("[type=checkbox]")) {
        box.checked = value.includes(box.value);
      }
    });
  }
  dates.addEventListener("click", (event) => {
    const day = event.target.closest("[data-due]")?.dataset.due;
    if (!day) return;
    due.value = day;
    offer();
    block.choose("due_on", day);
    element.querySelector(".agreement-details").open = true;
    due.focus();
  });
  // A day that is the term already is not offered again; a wrong weekday stays pointed out.
  const offer = () => {
    for (const button of dates.querySelectorAll("[data-due]")) {
      button.hidden = button.dataset.due === due.value;
    }
  };
  block.onSaved.push((answer) => {
    if ("due" in answer) dates.innerHTML = answer.due;
    offer();
  });
  offer();
}
