// A text of a block on the page: shown as printed, and in a textarea while it is written.
import { Block } from "./block.js";
import * as markup from "./markup.js";
import { fromClipboard } from "./paste.js";
import * as tools from "./tools.js";
import { say } from "./status.js";

const LIMIT = 200_000;
const MAIN = { acuerdo: "text", punto: "introduction", instalacion: "opening", cierre: "closing" };
const regions = new WeakMap();

export class Region {
  constructor(element) {
    this.element = element;
    this.field = element.dataset.field;
    this.block = Block.of(element);
    this.shown = element.querySelector(".shown");
    this.isTitle = element.classList.contains("block-title");
    // The page brings what was written; how it is printed is made of it here.
    this.text = this.shown.textContent;
    this.block.base.set(this.field, this.text);
    element.tabIndex = 0;
    element.querySelector(".block-edit").tabIndex = -1;
    this.show();
    this.block.onTheirs.push((field, text) => {
      if (field === this.field) this.replace(text);
    });
  }

  static of(element) {
    const found = element.closest(".block-text");
    if (found && !regions.has(found)) regions.set(found, new Region(found));
    return found ? regions.get(found) : null;
  }

  static main(block) {
    const field = MAIN[block.kind] ?? "body";
    return Region.of(block.element.querySelector(`.block-text[data-field="${field}"]`));
  }

  static first(block) {
    return Region.of(block.element.querySelector(".block-text"));
  }

  get isMain() {
    return this.field === (MAIN[this.block.kind] ?? "body");
  }

  open(cursor = this.text.length) {
    if (this.textarea) return this.textarea.focus();
    const textarea = document.createElement("textarea");
    textarea.className = "block-writing";
    textarea.rows = 1;
    textarea.value = this.text;
    textarea.placeholder = this.element.dataset.hint;
    textarea.setAttribute("aria-label", this.element.getAttribute("aria-label"));
    this.textarea = textarea;
    this.shown.hidden = true;
    this.element.classList.add("is-writing");
    this.element.tabIndex = -1;
    this.element.append(textarea);
    textarea.addEventListener("input", () => this.#typed());
    textarea.addEventListener("paste", (event) => {
      const text = fromClipboard(event.clipboardData);
      if (text === null) return;
      event.preventDefault();
      tools.insert(textarea, this.isTitle ? text.replaceAll("\n", " ") : text);
    });
    this.#grow();
    textarea.focus();
    textarea.setSelectionRange(cursor, cursor);
  }

  #typed() {
    this.#grow();
    const { value } = this.textarea;
    if ([...value].length > LIMIT) {
      const count = [...value].length.toLocaleString("es-PE");
      say(`El texto tiene ${count} caracteres y un bloque admite 200,000: divídalo en varios.`);
      return;
    }
    this.set(value);
  }

  set(text) {
    this.text = text;
    this.block.type(this.field, text);
  }

  // Another text is there now: the server's, or what was chosen in a conflict.
  replace(text) {
    this.text = text;
    if (this.textarea) {
      this.textarea.value = text;
      this.#grow();
    } else this.show();
  }

  close() {
    if (!this.textarea) return;
    this.textarea.remove();
    this.textarea = null;
    this.element.tabIndex = 0;
    this.element.classList.remove("is-writing");
    this.shown.hidden = false;
    this.show();
    if (this.block.pending.size) this.block.flush();
  }

  show() {
    markup.show(this.shown, this.text, this.isTitle);
    this.element.classList.toggle("is-empty", !this.text.trim());
  }

  #grow() {
    this.textarea.style.height = "auto";
    this.textarea.style.height = `${this.textarea.scrollHeight + 2}px`;
  }
}
