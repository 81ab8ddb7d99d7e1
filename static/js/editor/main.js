// The acta's editor: what is clicked and which keys are pressed, and who answers.
import { Block, retry } from "./block.js";
import * as lists from "./lists.js";
import * as presence from "./presence.js";
import * as recover from "./recover.js";
import { Region } from "./region.js";
import { isAllSaved } from "./status.js";
import * as tools from "./tools.js";

const root = document.getElementById("editor");
const RETRY = 15_000;
const toolbar = document.getElementById("editor-toolbar").content.firstElementChild.cloneNode(true);
let writing = null;

function write(region, cursor) {
  if (writing && writing !== region) stop();
  writing = region;
  region.open(cursor);
  const list = region.element.closest(".block").parentElement;
  toolbar.querySelector("[data-list-tools]").hidden = !list.matches(".blocks");
  region.textarea.before(toolbar);
}

function stop(isFocused = false) {
  const region = writing;
  writing = null;
  toolbar.remove();
  region?.close();
  if (isFocused) region?.element.focus();
}

const elementOf = (region) => region.element.closest(".block");
const isListed = (region) => elementOf(region).parentElement.matches(".blocks");

const doers = {
  bold: ({ textarea }) => tools.wrap(textarea, "**"),
  italic: ({ textarea }) => tools.wrap(textarea, "_"),
  link: ({ textarea }) => tools.link(textarea),
  bullet: ({ textarea }) => tools.toggleBullet(textarea),
  add: (region) => lists.add(elementOf(region).parentElement, elementOf(region)),
  up: (region) => lists.move(elementOf(region), -1),
  down: (region) => lists.move(elementOf(region), 1),
  split: (region) => lists.split(region),
  join: (region) => lists.join(elementOf(region)),
  remove: (region) => lists.remove(elementOf(region)),
  done: () => stop(true),
};
const ON_LISTS = ["add", "up", "down", "split", "join", "remove"];

function act(tool, region) {
  if (ON_LISTS.includes(tool) && !isListed(region)) return;
  doers[tool](region);
}

// Which tool a key calls; none where it means what it means everywhere.
function toolOf(event, region) {
  const { key, altKey, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (altKey && key === "ArrowUp") return "up";
  if (altKey && key === "ArrowDown") return "down";
  if (control && shiftKey && key === "Enter") return "add";
  if (!region.textarea) return "";
  if (control && key === "Enter") return "done";
  if (key === "Escape") return "done";
  if (altKey && key === "Enter") return "split";
  if (control && !shiftKey) return { b: "bold", i: "italic", k: "link" }[key.toLowerCase()] ?? "";
  const { selectionStart, selectionEnd } = region.textarea;
  const isAtStart = selectionStart === 0 && selectionEnd === 0;
  return key === "Backspace" && isAtStart && region.isMain ? "join" : "";
}

root.addEventListener("keydown", (event) => {
  const element = event.target.closest(".block-text");
  if (!element || event.target.closest(".editor-toolbar, a") || event.isComposing) return;
  const region = Region.of(element);
  const tool = toolOf(event, region);
  if (tool) {
    event.preventDefault();
    act(tool, region);
  } else if (!region.textarea) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    write(region);
  } else if (event.key === "Tab") {
    if (tools.changeLevel(region.textarea, !event.shiftKey)) event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey) {
    // A title is one line: its Enter goes on to the text.
    if (region.isTitle) write(Region.main(region.block));
    else if (!tools.breakLine(region.textarea)) return;
    event.preventDefault();
  }
});

root.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-tool]")?.dataset.tool;
  if (tool) return act(tool, writing);
  const element = event.target.closest(".block-text");
  const isLink = event.target.closest("a:not(.block-edit)");
  if (!element || isLink || event.target.closest("textarea, .editor-toolbar")) return;
  if (!getSelection().isCollapsed) return;
  event.preventDefault();
  write(Region.of(element));
});

toolbar.addEventListener("mousedown", (event) => {
  // The text keeps its selection while a button is pressed.
  if (event.target.closest("button")) event.preventDefault();
});
toolbar.querySelector(".tool-phrases")?.addEventListener("change", (event) => {
  if (event.target.value) tools.insert(writing.textarea, event.target.value);
  event.target.value = "";
});

root.addEventListener("focusin", (event) => {
  // Whatever opened the text, the tools come to it.
  const region = event.target.matches(".block-writing") ? Region.of(event.target) : null;
  if (region && region !== writing) write(region);
});
root.addEventListener("focusout", (event) => {
  if (!event.target.matches(".block-writing")) return;
  Region.of(event.target).block.flush();
});

root.addEventListener("submit", (event) => {
  if (event.target.id !== "block-add") return;
  event.preventDefault();
  const kind = event.submitter.formAction.split("/").at(-2);
  const { value: within } = event.submitter;
  lists.add(root.querySelector(`.blocks[data-kind="${kind}"][data-within="${within}"]`));
});

root.addEventListener("conflict", async (event) => {
  const settled = await Block.of(event.target).settle();
  if (!settled) return;
  const region = event.target.querySelector(`.block-text[data-field="${settled.field}"]`);
  if (region) Region.of(region).replace(settled.text);
});
root.addEventListener("click", (event) => {
  const label = event.target.closest(".block-state[data-state=conflict]");
  if (label) label.closest(".block").dispatchEvent(new CustomEvent("conflict", { bubbles: true }));
});

addEventListener("online", () => retry());
addEventListener("visibilitychange", () => retry({ keepalive: document.hidden }));
addEventListener("pagehide", () => retry({ keepalive: true }));
addEventListener("beforeunload", (event) => {
  if (!isAllSaved()) event.preventDefault();
});
setInterval(retry, RETRY);

lists.prepare(root);
recover.offer();
presence.start();
