// Who else is in the acta, and where, and what they wrote: told every 15 seconds while this page is
// in sight. What is being written here is never replaced: what they wrote is then offered.
import { post, Trouble } from "./api.js";
import { Block } from "./block.js";
import * as lists from "./lists.js";
import { say } from "./status.js";

const root = document.getElementById("editor");
const list = root.querySelector(".others");
const news = root.querySelector(".others-news");
const EVERY = 15_000;
const { presence: url } = root.dataset;
let { since } = root.dataset;
let timer = 0;
let last = 0;
let isClosed = false;
let known = new Set();

const initialsOf = (name) => {
  const words = name.split(/\s+/);
  return `${words[0][0]}${words.length > 1 ? words[Math.floor(words.length / 2)][0] : ""}`.toUpperCase();
};
const blockAt = (place) => (place ? document.getElementById(`b-${place}`) : null);
const make = (name, className, ...children) => {
  const element = Object.assign(document.createElement(name), { className });
  element.append(...children);
  return element;
};

export async function beat() {
  clearTimeout(timer);
  if (document.hidden || isClosed) return;
  last = Date.now();
  const { kind, pk } = document.activeElement?.closest(".block")?.dataset ?? {};
  const { turnsTaken } = lists;
  try {
    const answer = await post(url, { block: kind ? `${kind}-${pk}` : "", since });
    since = answer.now;
    showOthers(answer.others);
    for (const change of answer.changes) hear(change);
    if (turnsTaken === lists.turnsTaken && !lists.isInOrder(answer.order)) tellOfOrder();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    // The acta was closed meanwhile; a lost connection or login is told of by what is being saved.
    if (trouble.data.message) {
      isClosed = true;
      say(trouble.message);
    }
  }
  timer = setTimeout(beat, EVERY);
}

function showOthers(people) {
  list.replaceChildren(...people.map(chip));
  list.hidden = people.length === 0;
  for (const mark of document.querySelectorAll(".is-here, .is-here-mark")) mark.remove();
  for (const { name, block } of people) mark(name, blockAt(block));
  tellNews(new Set(people.map(({ name }) => name)));
}

function chip({ name, block }) {
  const disc = make("span", "initials", initialsOf(name));
  disc.ariaHidden = "true";
  const element = blockAt(block);
  const item = make("li", "other", disc);
  if (!element) item.append(name);
  else {
    const link = make("a", "", name);
    link.href = `#${element.id}`;
    item.append(link);
  }
  return item;
}

// Beside the block, and in the outline at the nearest part that it is in.
function mark(name, element) {
  if (!element) return;
  element.append(make("span", "is-here no-print", `${name} está aquí`));
  const link = outlineLinkOf(element);
  if (!link) return;
  const disc = make("span", "is-here-mark initials", initialsOf(name));
  disc.title = `${name} está aquí`;
  link.append(disc);
}

function outlineLinkOf(element) {
  const links = new Map(
    [...document.querySelectorAll(".outline a")].map((link) => [decodeURI(link.hash.slice(1)), link]),
  );
  const number = element.querySelector(":scope > .number")?.id ?? "";
  // «punto-1-3» is within «punto-1»; a block without a number, within its section.
  const places = [number, number.replace(/-\d+$/, ""), element.closest("section")?.id];
  return places.map((place) => links.get(place)).find(Boolean);
}

// Only who comes and who goes: where they are is there to be read.
function tellNews(names) {
  const came = [...names].filter((name) => !known.has(name));
  const left = [...known].filter((name) => !names.has(name));
  const words = [
    ...came.map((name) => `${name} entró en el acta.`),
    ...left.map((name) => `${name} salió del acta.`),
  ];
  if (words.length) news.textContent = words.join(" ");
  known = names;
}

function hear(change) {
  const element = blockAt(`${change.kind}-${change.pk}`);
  if (!element) return tellOfNew(change);
  const block = Block.of(element);
  if (change.version <= block.version) return;
  const { activeElement } = document;
  const isInside = element.contains(activeElement) && !activeElement.matches(".block-text");
  const isBusy = block.pending.size > 0 || isInside;
  if (!isBusy) {
    block.hear(change);
    if (change.by) note(element, `${change.by} cambió este párrafo.`);
  } else if (change.by) {
    const button = make("button", "button small", "Ver");
    button.type = "button";
    button.setAttribute("aria-label", `Ver lo que cambió ${change.by}`);
    button.addEventListener("click", () => {
      // What was typed here is sent first: the same text then gives both to choose from.
      if (block.pending.size) block.flush();
      else if (block.hear(change)) note(element, `${change.by} cambió este párrafo.`);
    });
    note(element, `${change.by} cambió este párrafo: `, button);
  }
}

function note(element, ...words) {
  let found = element.querySelector(":scope > .is-changed");
  if (!found) {
    element.append((found = make("p", "is-changed no-print")));
    Block.of(element).onSaved.push(() => found.remove());
  }
  found.replaceChildren(...words);
}

function tellOfNew({ by }) {
  if (by) offerAnew(`${by} añadió párrafos. `);
}

function tellOfOrder() {
  offerAnew("Otra persona añadió, quitó o cambió de lugar párrafos. ");
}

function offerAnew(words) {
  if (root.querySelector(".others-added")) return;
  const link = make("a", "", "Ver el acta como está ahora");
  link.href = root.dataset.url;
  const added = make("p", "others-added note", words, link);
  root.querySelector(".editor-drafts").append(added);
}

export function start() {
  addEventListener("visibilitychange", followSight);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) beat();
  });
  beat();
}

function followSight() {
  clearTimeout(timer);
  // Never more often, however much one goes from tab to tab.
  if (!document.hidden) timer = setTimeout(beat, Math.max(0, last + EVERY - Date.now()));
}

function leave() {
  const data = new FormData(document.getElementById("block-add"));
  data.set("leaving", "1");
  navigator.sendBeacon(url, data);
}
