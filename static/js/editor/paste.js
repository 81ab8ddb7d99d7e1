// From the clipboard's HTML (Word, the web) to the acta's markup: paragraphs, bullets of two levels,
// bold, italics and links; the rest is dropped.
const BLOCKS = /^(P|DIV|LI|UL|OL|H[1-6]|TR|TABLE|TBODY|SECTION|ARTICLE|BLOCKQUOTE|PRE|DL|DT|DD)$/;
const DROPPED = /^(SCRIPT|STYLE|TITLE|HEAD|META|LINK|IMG|SVG|OBJECT|IFRAME|TEXTAREA|SELECT|O:P)$/;

// Null where the clipboard has no HTML: the browser pastes plain text by itself.
export function fromClipboard(data) {
  const html = data.getData("text/html");
  return html ? fromHtml(html) : null;
}

export function fromHtml(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const lines = [{ sign: "", runs: [] }];
  read(body, { level: 0, bold: false, italic: false, href: "" }, lines);
  return lines
    .map(({ sign, runs }) => ({ sign, text: write(runs) }))
    .filter(({ text }) => text)
    .map(({ sign, text }) => sign + (sign ? text : text.replace(/^( {2})?- /, "$1\\- ")))
    .join("\n");
}

function read(node, look, lines) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      const text = child.data.replace(/\s+/g, " ");
      if (text) lines.at(-1).runs.push({ ...look, text });
    } else if (child.nodeType === Node.ELEMENT_NODE) element(child, look, lines);
  }
}

function element(child, look, lines) {
  const name = child.nodeName.toUpperCase();
  const style = child.getAttribute("style") ?? "";
  // Word writes the bullet's sign as text and says of it that it is none.
  if (DROPPED.test(name) || /mso-list:\s*Ignore/i.test(style)) return;
  if (name === "BR") return void lines.push({ ...lines.at(-1), runs: [] });
  const inner = lookOf(child, name, style, look);
  if (!BLOCKS.test(name)) {
    read(child, inner, lines);
    // Cells of a row stay apart.
    if (/^T[DH]$/.test(name)) lines.at(-1).runs.push({ ...look, text: " " });
    return;
  }
  const word = /mso-list:[^;]*level(\d)/i.exec(style);
  const level = word ? Number(word[1]) : name === "LI" ? inner.level : 0;
  const within = name === "P" || name === "DIV" ? lines.at(-1) : null;
  // Web pages put a paragraph within the bullet: it is the bullet's own line.
  const sign = level ? (level > 1 ? "  - " : "- ") : (within && !within.runs.length && within.sign) || "";
  lines.push({ sign, runs: [] });
  read(child, inner, lines);
  lines.push({ sign: "", runs: [] });
}

function lookOf(child, name, style, look) {
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
  const isBold = weight ? weight === "bold" || Number(weight) >= 600 : /^(B|STRONG)$/.test(name);
  const isPlain = weight && !isBold;
  const href = name === "A" ? (child.getAttribute("href") ?? "") : "";
  return {
    level: look.level + (/^[UO]L$/.test(name) ? 1 : 0),
    bold: isPlain ? false : look.bold || isBold,
    italic: slant === "normal" ? false : look.italic || slant === "italic" || /^(I|EM)$/.test(name),
    href: /^(https?:\/\/|mailto:)[^\s()<>\\]+$/i.test(href) ? href : look.href,
  };
}

// Signs that would be read as marks are written with a backslash.
const escape = (text) =>
  text.replace(/\\|\[|\*\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (sign) =>
    [...sign].map((one) => `\\${one}`).join(""),
  );

function write(runs) {
  const merged = [];
  for (const run of runs) {
    const last = merged.at(-1);
    const isSame = last && ["bold", "italic", "href"].every((key) => last[key] === run[key]);
    if (isSame) last.text += run.text;
    else merged.push({ ...run });
  }
  return merged.map(mark).join("").replace(/ {2,}/g, " ").trim();
}

function mark({ text, bold, italic, href }) {
  const [, before, words, after] = /^(\s*)(.*?)(\s*)$/su.exec(text);
  if (!words) return text;
  let marked = escape(words);
  if (italic) marked = `_${marked}_`;
  if (bold) marked = `**${marked}**`;
  if (href) marked = `[${marked}](${href})`;
  return `${before}${marked}${after}`;
}
