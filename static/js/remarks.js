// What was said of a draft's text, beside that text; without this it stays in the list above.
for (const note of document.querySelectorAll("[data-beside]")) {
  document.getElementById(note.dataset.beside)?.append(note);
}
