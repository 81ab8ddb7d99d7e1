// What a key or a button does to the text being written, in the markup of the acta.
const BULLET = /^( {2})?- /;

// Through the browser's own editing, so that Ctrl+Z undoes it.
export function insert(textarea, text) {
  textarea.focus();
  const done = text
    ? document.execCommand("insertText", false, text)
    : document.execCommand("delete");
  if (done) return;
  textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function replace(textarea, start, end, text) {
  textarea.setSelectionRange(start, end);
  insert(textarea, text);
}

export function wrap(textarea, mark) {
  const { selectionStart: start, selectionEnd: end, value } = textarea;
  const size = mark.length;
  const isMarked = value.slice(start - size, start) === mark && value.slice(end, end + size) === mark;
  const words = value.slice(start, end);
  if (isMarked) {
    replace(textarea, start - size, end + size, words);
    textarea.setSelectionRange(start - size, end - size);
    return;
  }
  replace(textarea, start, end, `${mark}${words}${mark}`);
  textarea.setSelectionRange(start + size, end + size);
}

export function link(textarea) {
  const { selectionStart: start, selectionEnd: end, value } = textarea;
  const words = value.slice(start, end) || "palabras";
  replace(textarea, start, end, `[${words}](https://)`);
  const address = start + words.length + 3;
  textarea.setSelectionRange(address, address + "https://".length);
}

function lineAt(textarea) {
  const { value, selectionStart } = textarea;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionStart);
  const line = value.slice(start, next < 0 ? undefined : next);
  return { start, line, sign: BULLET.exec(line)?.[0] ?? "" };
}

function changeSign(textarea, sign) {
  const { start, sign: before } = lineAt(textarea);
  const cursor = textarea.selectionStart + sign.length - before.length;
  replace(textarea, start, start + before.length, sign);
  textarea.setSelectionRange(Math.max(cursor, start), Math.max(cursor, start));
}

export function toggleBullet(textarea) {
  changeSign(textarea, lineAt(textarea).sign ? "" : "- ");
}

// Tab and Shift+Tab on a bullet; elsewhere they leave the text as in any form.
export function changeLevel(textarea, isDeeper) {
  const { sign } = lineAt(textarea);
  if (!sign || (isDeeper && sign === "  - ")) return sign !== "";
  changeSign(textarea, isDeeper ? "  - " : sign === "  - " ? "- " : "");
  return true;
}

// Enter goes on with the list, and on an empty bullet ends it.
export function breakLine(textarea) {
  const { line, sign } = lineAt(textarea);
  if (!sign) return false;
  if (line === sign) changeSign(textarea, "");
  else insert(textarea, `\n${sign}`);
  return true;
}
