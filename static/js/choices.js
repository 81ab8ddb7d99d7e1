// «Todas» y «Ninguna» sobre una lista de casillas: <div class="choices"> around a fieldset.

function button(words, checked, boxes) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.textContent = words;
  made.addEventListener("click", () => {
    for (const box of boxes) box.checked = checked;
  });
  return made;
}

for (const fieldset of document.querySelectorAll(".choices fieldset")) {
  const boxes = [...fieldset.querySelectorAll("input[type=checkbox]")];
  const row = document.createElement("div");
  row.className = "actions";
  row.append(button("Marcar todas", true, boxes), button("No marcar ninguna", false, boxes));
  const after = fieldset.querySelector(".helptext") ?? fieldset.querySelector("legend");
  after.after(row);
}
