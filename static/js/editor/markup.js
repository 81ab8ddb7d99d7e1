// The acta's small markup as the page shows it, by the rules of cnlctf/lib/text.py: what is written
// is seen at once, and no text comes back from the server that was just sent to it.
const MARK =
  /\\(?<literal>[\\*_[\]-])|(?<bold>\*\*)|(?<italic>_)|(?<link>\[)|\]\((?<href>(?:https?:\/\/|mailto:)(?:[^\s()<>\\]|\([^\s()<>\\]*\))+)\)/gi;
const BULLET = /^( {2})?- /;
const isWord = (character) => /[\p{L}\p{N}_]/u.test(character);
const isBlank = (text) => !/\S/.test(text);

// Into the element: paragraphs and nested lists, or for a title only what is within a line.
export function show(element, source, isTitle = false) {
  element.replaceChildren(...(isTitle ? title(source) : body(source)));
}

function title(source) {
  const lines = source.split(/\r\n|\r|\n/).map((line) => inline(runs(line)));
  return lines.flatMap((nodes, index) => (index ? [make("br"), ...nodes] : nodes));
}

function body(source) {
  const shown = [];
  let list = null;
  for (const line of source.split(/\r\n|\r|\n/)) {
    const sign = BULLET.exec(line)?.[0] ?? "";
    const said = runs(line.slice(sign.length));
    if (said.every(({ text }) => isBlank(text))) continue;
    if (!sign) {
      list = null;
      shown.push(make("p", inline(said)));
      continue;
    }
    if (!list) shown.push((list = make("ul")));
    const item = make("li", inline(said));
    const above = list.lastElementChild;
    if (sign === "- " || !above) list.append(item);
    else {
      if (above.lastElementChild?.tagName !== "UL") above.append(make("ul"));
      above.lastElementChild.append(item);
    }
  }
  return shown;
}

function make(name, children = []) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

function inline(said) {
  return together(said, "href").flatMap((linked) => {
    const words = together(linked, "bold").flatMap((group) => {
      const inner = group.map(({ text, italic }) => (italic ? make("em", [text]) : text));
      return group[0].bold ? [make("strong", inner)] : inner;
    });
    if (!linked[0].href) return words;
    const link = make("a", words);
    link.setAttribute("href", linked[0].href);
    return [link];
  });
}

// Stretches of neighbours that are alike in this.
function together(items, name) {
  const groups = [];
  for (const item of items) {
    if (groups.at(-1)?.[0][name] === item[name]) groups.at(-1).push(item);
    else groups.push([item]);
  }
  return groups;
}

// Stretches of text that look the same from end to end.
function runs(line) {
  const marks = [...line.matchAll(MARK)];
  const partners = pair(line, marks);
  const found = [];
  const depth = { bold: 0, italic: 0 };
  let href = "";
  let end = 0;
  const say = (text) => {
    if (!text) return;
    const look = { text, bold: depth.bold > 0, italic: depth.italic > 0, href };
    const last = found.at(-1);
    const isSame = last && ["bold", "italic", "href"].every((name) => last[name] === look[name]);
    if (isSame) last.text += text;
    else found.push(look);
  };
  marks.forEach((mark, index) => {
    say(line.slice(end, mark.index));
    end = mark.index + mark[0].length;
    const kind = kindOf(mark);
    if (!partners.has(index)) say(mark.groups.literal ?? mark[0]);
    else if (kind === "link") href = marks[partners.get(index)].groups.href;
    else if (kind === "href") href = "";
    else depth[kind] += partners.get(index) > index ? 1 : -1;
  });
  say(line.slice(end));
  return found;
}

const kindOf = ({ groups }) => Object.keys(groups).find((name) => groups[name] !== undefined);

// Each paired mark's place and its partner's; pairs nest and never cross.
function pair(line, marks) {
  const partners = new Map();
  const waiting = [];
  const count = { bold: 0, italic: 0, link: 0, literal: 0 };
  // A link within a link means nothing: brackets before the last link's end are literal.
  let lastLink = -1;
  const pop = () => {
    const [index, kind] = waiting.pop();
    if (kind !== "link" || index > lastLink) count[kind] -= 1;
    return index;
  };
  marks.forEach((mark, index) => {
    const named = kindOf(mark);
    const kind = named === "href" ? "link" : named;
    if (count[kind] && canClose(line, mark, named)) {
      // Whatever opened in between would cross this pair: it stays literal.
      while (waiting.at(-1)[1] !== kind) pop();
      const opener = waiting.at(-1)[0];
      if (!isBlank(line.slice(marks[opener].index + marks[opener][0].length, mark.index))) {
        pop();
        partners.set(opener, index).set(index, opener);
        if (kind === "link") {
          lastLink = index;
          count.link = 0;
        }
        return;
      }
    }
    if (canOpen(line, mark, named)) {
      waiting.push([index, kind]);
      count[kind] += 1;
    }
  });
  return partners;
}

// The characters before and after, a space standing for the line's ends.
const around = (line, { index, 0: mark }) => [line[index - 1] ?? " ", line[index + mark.length] ?? " "];

function canOpen(line, mark, kind) {
  const [before, after] = around(line, mark);
  if (kind === "bold") return !isBlank(after);
  if (kind === "italic") return !(isWord(before) || isBlank(after) || after === "_");
  return kind === "link";
}

function canClose(line, mark, kind) {
  const [before, after] = around(line, mark);
  if (kind === "bold") return !isBlank(before);
  if (kind === "italic") return !(isWord(after) || isBlank(before) || before === "_");
  return kind === "href";
}
