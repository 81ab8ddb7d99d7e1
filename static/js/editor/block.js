// A block of the acta: a row of the database, its version, and what of it was not saved yet.
import { post, Trouble } from "./api.js";
import { resolve } from "./conflict.js";
import * as drafts from "./drafts.js";
import { forget, tell } from "./status.js";

const root = document.getElementById("editor");
const PAUSE = 1000;
const OF_THE_ACTA = ["instalacion", "cierre"];
const blocks = new Map();

export class Block {
  constructor(element) {
    this.element = element;
    this.kind = element.dataset.kind;
    this.pk = element.dataset.pk;
    this.version = Number(element.dataset.version);
    this.pending = new Map();
    // What each field said in the version this page knows.
    this.base = new Map();
    this.onSaved = [];
    this.onTheirs = [];
  }

  static of(element) {
    const found = element.closest(".block");
    if (!blocks.has(found)) blocks.set(found, new Block(found));
    return blocks.get(found);
  }

  get url() {
    return `${root.dataset.url}${this.kind}/${this.pk}/`;
  }

  // The blocks that write the same row of the database: the acta has two such sentences.
  get #ofTheRow() {
    if (!OF_THE_ACTA.includes(this.kind)) return [this];
    return [...blocks.values()].filter(({ kind }) => OF_THE_ACTA.includes(kind));
  }

  get stateLabel() {
    let label = this.element.querySelector(":scope > .block-state");
    if (!label) {
      label = document.createElement("span");
      label.className = "block-state no-print";
      this.element.append(label);
    }
    return label;
  }

  // A text was typed: it is sent when the hand rests.
  type(field, text) {
    this.pending.set(field, text);
    drafts.keep(this, field, text);
    if (this.state !== "conflict") this.#tell("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  // A detail was chosen: it is sent at once.
  choose(field, value) {
    this.pending.set(field, value);
    return this.flush();
  }

  // Sends what is pending, one request after another; true when the server has it all.
  flush(options) {
    clearTimeout(this.timer);
    this.sending = (this.sending ?? Promise.resolve()).then(() => this.#sendAll(options));
    return this.sending;
  }

  async #sendAll(options) {
    while (this.pending.size && this.state !== "conflict") {
      const sent = new Map(this.pending);
      this.#tell("saving");
      try {
        const { version } = this;
        const answer = await post(this.url, this.#fields(sent), options);
        for (const block of this.#ofTheRow) {
          if (block.version === version) block.version = answer.version;
        }
        for (const [field, value] of sent) this.#isSaved(field, value);
        for (const listen of this.onSaved) listen(answer, sent);
      } catch (trouble) {
        if (!(trouble instanceof Trouble)) throw trouble;
        if (trouble.kind === "conflict" && this.#rebase(trouble.data)) continue;
        this.trouble = trouble;
        this.#tell(trouble.kind, trouble.message);
        return false;
      }
    }
    if (this.state === "conflict") return false;
    if (this.state && this.state !== "saved") this.#tell("saved");
    return true;
  }

  #fields(sent) {
    const fields = [["version", this.version]];
    for (const [field, value] of sent) {
      fields.push(["field", field]);
      for (const one of [value].flat()) fields.push([field, one]);
    }
    return fields;
  }

  #isSaved(field, value) {
    this.base.set(field, value);
    if (this.pending.get(field) !== value) {
      // More was typed meanwhile: it is now a change of the new version.
      if (typeof this.pending.get(field) === "string") {
        drafts.keep(this, field, this.pending.get(field));
      }
      return;
    }
    this.pending.delete(field);
    drafts.drop(this, field);
  }

  // Somebody changed other fields of the row: what this page changes is sent over their version.
  #rebase(theirs) {
    const clash = [...this.pending.keys()].find(
      (field) => String(theirs.values[field]) !== String(this.base.get(field) ?? ""),
    );
    if (clash !== undefined) return false;
    this.#take(theirs);
    return true;
  }

  // What somebody saved meanwhile; false where it is not newer than what this page knows.
  hear(change) {
    if (change.version <= this.version) return false;
    this.#take(change);
    return true;
  }

  // What they wrote is shown where this page has nothing of its own: nobody writes over it unseen.
  #take(theirs) {
    this.version = theirs.version;
    for (const [field, value] of Object.entries(theirs.values)) {
      if (String(value) === String(this.base.get(field) ?? "")) continue;
      this.base.set(field, value);
      if (this.pending.has(field)) continue;
      for (const listen of this.onTheirs) listen(field, value);
    }
  }

  // Shows both texts; what is chosen is written over the other person's version.
  async settle() {
    const { data } = this.trouble;
    const field = [...this.pending.keys()].find(
      (name) => String(data.values[name]) !== String(this.base.get(name) ?? ""),
    );
    const mine = this.pending.get(field);
    const chosen = await resolve(String(mine), String(data.values[field]), data.by);
    if (chosen === null) return;
    this.#take(data);
    this.state = "saving";
    this.pending.set(field, Array.isArray(mine) ? mine : chosen);
    await this.flush();
    return { field, text: chosen };
  }

  leave() {
    clearTimeout(this.timer);
    blocks.delete(this.element);
    forget(this);
  }

  #tell(state, message) {
    const before = this.state;
    this.state = state;
    tell(this, state, message);
    if (state === "conflict" && before !== "conflict") {
      this.element.dispatchEvent(new CustomEvent("conflict", { bubbles: true }));
    }
  }
}

// What could not be sent is tried again by itself.
export function retry(options) {
  for (const block of blocks.values()) {
    if (block.pending.size && !["conflict", "refused"].includes(block.state)) block.flush(options);
  }
}
