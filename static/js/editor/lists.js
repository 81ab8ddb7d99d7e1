// Blocks added, moved, split, joined and removed, and their numbers and the outline after it.
import { post, Trouble } from "./api.js";
import { Block } from "./block.js";
import { Region } from "./region.js";
import { say } from "./status.js";
import * as agreements from "./agreements.js";
import * as turns from "./turns.js";

const root = document.getElementById("editor");
const listOf = (element) => element.parentElement.closest(".blocks");
const urlOf = (list, rest = "") => `${root.dataset.url}${list.dataset.kind}/${rest}`;

// Makes the blocks of a part of the page ready to write in.
export function prepare(part) {
  for (const text of part.querySelectorAll(".block-text")) Region.of(text);
  const blocks = [...part.querySelectorAll(".block")];
  if (part.matches(".block")) blocks.push(part);
  for (const element of blocks) {
    if (element.matches(".turn")) turns.prepare(element);
    if (element.dataset.kind === "acuerdo") agreements.prepare(element);
  }
}

// How many changes of order began or ended here: what is heard meanwhile of the order is old.
export let turnsTaken = 0;

// One change of order at a time; what cannot be done is said, and the page stays as it was.
let last = Promise.resolve();
function inTurn(change) {
  const run = async () => {
    turnsTaken += 1;
    try {
      return await change();
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      say(trouble.message || "Sin conexión: ese cambio se hace cuando vuelva.");
      return null;
    } finally {
      turnsTaken += 1;
    }
  };
  last = last.then(run, run);
  return last;
}

async function saved(block) {
  if (!(await block.flush())) throw new Trouble("refused", "Guarde antes lo escrito en ese bloque.");
}

function put(html, place) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const element = holder.content.firstElementChild;
  place(element);
  prepare(element);
  renumber();
  return element;
}

export function add(list, after = null) {
  return inTurn(async () => {
    const fields = { within: list.dataset.within, after: after?.dataset.pk ?? "" };
    const answer = await post(urlOf(list), fields);
    const element = put(answer.block, (made) => (after ? after.after(made) : list.append(made)));
    begin(element);
    return element;
  });
}

function begin(element) {
  if (element.matches(".turn")) turns.askSpeaker(element);
  else Region.first(Block.of(element)).open();
}

export function move(element, step) {
  return inTurn(async () => {
    const list = listOf(element);
    const blocks = [...list.children].filter((child) => child.matches(".block"));
    const other = blocks[blocks.indexOf(element) + step];
    if (!other) return;
    await post(urlOf(list, `${element.dataset.pk}/mover/`), { to: step < 0 ? "up" : "down" });
    // The neighbour goes past: what is being written in keeps the focus.
    if (step < 0) element.after(other);
    else element.before(other);
    renumber();
    element.scrollIntoView({ block: "nearest" });
  });
}

export function split(region) {
  const { block, textarea } = region;
  if (!region.isMain || !textarea) return say("Se divide el texto principal del bloque.");
  const at = textarea.selectionStart;
  const before = textarea.value.slice(0, at).trimEnd();
  const after = textarea.value.slice(at).trimStart();
  return inTurn(async () => {
    await saved(block);
    const { element } = block;
    const fields = { version: block.version, before, after };
    const answer = await post(urlOf(listOf(element), `${block.pk}/dividir/`), fields);
    took(region, before, answer);
    const made = put(answer.block, (one) => element.after(one));
    region.close();
    Region.main(Block.of(made)).open(0);
  });
}

export function join(element) {
  return inTurn(async () => {
    const previous = element.previousElementSibling;
    if (!previous?.matches(".block")) throw new Trouble("refused", "No hay un bloque anterior.");
    const [block, target] = [Block.of(element), Block.of(previous)];
    await saved(block);
    await saved(target);
    const fields = { version: block.version };
    const answer = await post(urlOf(listOf(element), `${block.pk}/unir/`), fields);
    const region = Region.main(target);
    const cursor = region.text.length;
    took(region, answer.text, answer);
    block.leave();
    element.remove();
    renumber();
    region.open(cursor ? cursor + 1 : 0);
  });
}

// The server has this text of the region in this version.
function took(region, text, answer) {
  region.block.version = answer.version;
  region.block.base.set(region.field, text);
  region.replace(text);
}

export function remove(element) {
  return inTurn(async () => {
    const block = Block.of(element);
    const list = listOf(element);
    await saved(block);
    const { token } = await post(urlOf(list, `${block.pk}/quitar/`), { version: block.version });
    const notice = document.createElement("li");
    notice.className = "block-removed no-print";
    const undo = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button quiet",
      textContent: "Deshacer",
    });
    notice.append("Quitado. ", undo);
    block.leave();
    element.replaceWith(notice);
    renumber();
    undo.focus();
    undo.addEventListener("click", () =>
      inTurn(async () => {
        const { block: html } = await post(urlOf(list, "deshacer/"), { token });
        const back = put(html, (made) => notice.replaceWith(made));
        Region.first(Block.of(back)).element.focus();
      }),
    );
  });
}

// Whether the lists have the same blocks, and in the same order, as the server says by kind.
export function isInOrder(order) {
  return Object.entries(order).every(([kind, keys]) => {
    const lists = [...root.querySelectorAll(`.blocks[data-kind="${kind}"]`)].map((list) =>
      [...list.children].filter((child) => child.matches(".block")).map(({ dataset }) => +dataset.pk),
    );
    const here = new Set(lists.flat());
    if (here.size !== keys.length || !keys.every((key) => here.has(key))) return false;
    return lists.every((list) => {
      const own = new Set(list);
      return keys.filter((key) => own.has(key)).join() === list.join();
    });
  });
}

// Numbers, their anchors and the outline as the order is now.
export function renumber() {
  for (const list of root.querySelectorAll(".blocks[data-prefix]")) {
    const above = list.parentElement.closest(".block");
    const own = above?.querySelector(":scope > .number").textContent.trim();
    const prefix = own ?? list.dataset.prefix;
    [...list.children]
      .filter((child) => child.matches(".block"))
      .forEach((element, index) => {
        const number = element.querySelector(":scope > .number");
        number.textContent = `${prefix}${index + 1}. `;
        if (list.dataset.anchor) number.id = `${list.dataset.anchor}${index + 1}`;
      });
  }
  outline("informes", "informe", (element) => Region.first(Block.of(element)).text);
  outline("acuerdos", "acuerdo", () => "");
}

function outline(section, kind, wordsOf) {
  const links = document.querySelector(`.outline a[href="#${section}"]`)?.parentElement;
  if (!links) return;
  const list = links.querySelector("ol") ?? links.appendChild(document.createElement("ol"));
  const items = [...root.querySelectorAll(`.block[data-kind="${kind}"]`)].map((element) => {
    const number = element.querySelector(":scope > .number");
    const link = document.createElement("a");
    link.href = `#${number.id}`;
    const words = kind === "acuerdo" ? `Acuerdo ${parseInt(number.textContent, 10)}` : number.textContent;
    link.textContent = `${words}${wordsOf(element)}`.trim();
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  const others = [...list.children].filter((item) => {
    const href = item.querySelector("a").hash;
    return !href.startsWith(`#${kind}-4-1-`) && !href.startsWith("#acuerdo-");
  });
  list.replaceChildren(...items, ...others);
}
