// What the server does not have yet is kept in this browser, by acta, person, block and field.
const { acta, user } = document.getElementById("editor").dataset;
const PREFIX = `cnlctf-acta:${acta}:${user}:`;
const keyOf = (block, field) => `${PREFIX}${block.kind}:${block.pk}:${field}`;

export function keep(block, field, text) {
  try {
    const draft = { text, version: block.version, at: Date.now() };
    localStorage.setItem(keyOf(block, field), JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the text is still on the page, and the server is asked all the same.
  }
}

export function drop(block, field) {
  localStorage.removeItem(keyOf(block, field));
}

export function kept() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => {
      const [kind, pk, field] = key.slice(PREFIX.length).split(":");
      return { kind, pk, field, ...JSON.parse(localStorage.getItem(key)) };
    });
}
