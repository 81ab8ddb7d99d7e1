// Who speaks: picked from the attendees by a few letters of the acronym or the name.
import { Block } from "./block.js";
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
  const details = element.querySelector(".turn-details");
  const speaker = details.querySelector("[data-detail=speaker]");
  const attribution = details.querySelector("[data-detail=attribution]");
  const shown = element.querySelector(".attribution");
  const { value: pk } = speaker.dataset;
  speaker.value = people.find((person) => person.pk === pk)?.label ?? "";
  block.base.set("speaker", pk);
  block.base.set("attribution", attribution.value);

  const name = (text) => {
    attribution.value = text;
    shown.textContent = text;
    block.base.set("attribution", text);
  };
  const pick = () => {
    const found = find(speaker.value);
    const isWrong = Boolean(speaker.value.trim()) && !found;
    speaker.setCustomValidity(isWrong ? "No figura en la asistencia de la sesión." : "");
    if (isWrong) return speaker.reportValidity();
    speaker.value = found?.label ?? "";
    const chosen = found?.pk ?? "";
    if (chosen === speaker.dataset.value) return true;
    speaker.dataset.value = chosen;
    block.choose("speaker", chosen);
    return true;
  };

  block.onSaved.push((answer) => {
    if ("attribution" in answer) name(answer.attribution);
  });
  block.onTheirs.push((field, value) => {
    if (field === "attribution") name(value);
    if (field === "speaker") {
      speaker.dataset.value = value;
      speaker.value = people.find((person) => person.pk === value)?.label ?? "";
    }
  });
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
  // The fields are there while one writes; sooner, they would move the text under the mouse.
  element.addEventListener("focusin", (event) => {
    if (!event.target.matches(".block-text")) details.hidden = false;
  });
  element.addEventListener("focusout", () => {
    afterPress(() => {
      if (!element.contains(document.activeElement)) details.hidden = true;
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
  element.querySelector(".turn-details").hidden = false;
  element.querySelector("[data-detail=speaker]").focus();
}
