// The fields beside a text: one of each comes with the page, and a block takes its own when wanted.
export function fields(name, { kind, pk }) {
  const part = document.getElementById(name).content.firstElementChild.cloneNode(true);
  const found = new Map();
  for (const field of part.querySelectorAll("[data-detail]")) {
    const { detail } = field.dataset;
    found.set(detail, field);
    const label = field.parentElement.querySelector(":scope > label");
    if (!label) continue;
    field.id = `${kind}-${pk}-${detail}`;
    label.htmlFor = field.id;
  }
  return found;
}
