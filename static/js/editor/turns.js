// Who speaks: picked from the attendees by a few letters of the acronym or the name.
import { Block } from "./block.js";
import { fields } from "./details.js";
import { Region } from "./region.js";

const people = [...document.querySelectorAll("#asistentes option")].map((option) => ({
  pk: option.dataset.pk,
  label: option.value,
}));

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// The first whose acronym begins so, or else the first of whom any name does.
function find(typed) {
  const words = fold(typed);
  if (!words) return null;
  const starts = (label) => fold(label).startsWith(words);
  const has = (label) => fold(label).split(/[\s·]+/).some((word) => word.startsWith(words));
  return (
    people.find(({ label }) => starts(label)) ??
    people.find(({ label }) => has(label)) ??
    people.find(({ label }) => fold(label).includes(words))
  );
}

export function prepare(element) {
  const block = Block.of(element);
  const shown = element.querySelector(".attribution");
  let { speaker: pk } = shown.dataset;
  block.base.set("speaker", pk);
  block.base.set("attribution", shown.textContent);
  let made = null;

  const labelOf = (wanted) => people.find((person) => person.pk === wanted)?.label ?? "";
  const name = (text) => {
    shown.textContent = text;
    block.base.set("attribution", text);
    if (made) made.attribution.value = text;
  };
  const pick = () => {
    const { speaker } = made;
    const found = find(speaker.value);
    const isWrong = Boolean(speaker.value.trim()) && !found;
    speaker.setCustomValidity(isWrong ? "No figura en la asistencia de la sesión." : "");
    if (isWrong) return speaker.reportValidity();
    speaker.value = found?.label ?? "";
    const chosen = found?.pk ?? "";
    if (chosen === pk) return true;
    pk = chosen;
    block.choose("speaker", chosen);
    return true;
  };
  const make = () => {
    if (made) return made;
    made = Object.fromEntries(fields("turn-details", block));
    const { speaker, attribution } = made;
    speaker.value = labelOf(pk);
    attribution.value = shown.textContent;
    speaker.addEventListener("change", pick);
    speaker.addEventListener("input", () => speaker.setCustomValidity(""));
    attribution.addEventListener("change", () => {
      shown.textContent = attribution.value;
      block.choose("attribution", attribution.value);
    });
    for (const input of [speaker, attribution]) {
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        if (input === speaker && !pick()) return;
        input.dispatchEvent(new Event("change"));
        Region.main(block).open();
      });
    }
    shown.after(speaker.closest(".turn-details"));
    return made;
  };
  const open = () => {
    make().speaker.closest(".turn-details").hidden = false;
  };

  block.onSaved.push((answer) => {
    if ("attribution" in answer) name(answer.attribution);
  });
  block.onTheirs.push((field, value) => {
    if (field === "attribution") name(value);
    if (field !== "speaker") return;
    pk = value;
    if (made) made.speaker.value = labelOf(value);
  });
  element.addEventListener("ask-speaker", () => {
    open();
    made.speaker.focus();
  });
  // The fields are there while one writes; sooner, they would move the text under the mouse.
  element.addEventListener("focusin", (event) => {
    if (!event.target.matches(".block-text")) open();
  });
  element.addEventListener("focusout", () => {
    afterPress(() => {
      if (!element.contains(document.activeElement)) {
        made.speaker.closest(".turn-details").hidden = true;
      }
    });
  });
}

// What moves the page waits for the end of a click: a button would slip away from under the mouse.
let isPressed = false;
addEventListener("pointerdown", () => (isPressed = true), { capture: true });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => (isPressed = false), { capture: true });
}
function afterPress(act) {
  if (isPressed) addEventListener("click", () => setTimeout(act), { once: true, capture: true });
  else setTimeout(act);
}

export function askSpeaker(element) {
  element.dispatchEvent(new CustomEvent("ask-speaker"));
}
