// Texts that the server never got, found in this browser when the acta is opened again.
import { Block } from "./block.js";
import * as drafts from "./drafts.js";
import { Region } from "./region.js";

const place = document.querySelector(".editor-drafts");
const HOUR = { hour: "2-digit", minute: "2-digit" };
const DAY = { day: "numeric", month: "long" };

export function offer() {
  for (const draft of drafts.kept()) {
    const { kind, pk, field } = draft;
    const element = document.querySelector(`.block[data-kind="${kind}"][data-pk="${pk}"]`);
    const region = Region.of(
      element?.querySelector(`.block-text[data-field="${field}"]`) ?? document.body,
    );
    if (region?.text === draft.text) drafts.drop({ kind, pk }, field);
    else show(draft, element, region);
  }
}

function show(draft, element, region) {
  const at = new Date(draft.at);
  const when = `${at.toLocaleDateString("es-PE", DAY)}, ${at.toLocaleTimeString("es-PE", HOUR)}`;
  const number = element?.querySelector(":scope > .number")?.textContent.trim() ?? "";
  const name = element ? `${element.dataset.name} ${number}`.trim() : "Un bloque que ya no está";
  const notice = document.createElement("div");
  notice.className = "note warning draft";
  const title = document.createElement("p");
  title.append(
    Object.assign(document.createElement("strong"), { textContent: "Hay texto sin guardar. " }),
    `${name}, del ${when}:`,
  );
  const text = Object.assign(document.createElement("blockquote"), { textContent: draft.text });
  const actions = document.createElement("p");
  actions.className = "row";
  if (region) {
    actions.append(
      button("Recuperar lo que no se guardó", "button", () => {
        notice.remove();
        // Over the version it was written on: if somebody saved since, both texts are shown.
        Block.of(element).version = draft.version;
        region.open();
        region.replace(draft.text);
        region.set(draft.text);
      }),
    );
  }
  actions.append(
    button("Descartar", "button quiet", () => {
      drafts.drop(draft, draft.field);
      notice.remove();
    }),
  );
  notice.append(title, text, actions);
  place.append(notice);
}

function button(textContent, className, onClick) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent, className });
  made.addEventListener("click", onClick);
  return made;
}
