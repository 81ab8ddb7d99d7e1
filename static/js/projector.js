// Turns the slides by keyboard or by a presenter's remote: the links do it all the same.
const FORWARD = ["ArrowRight", "ArrowDown", "PageDown", " "];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];

const follow = (rel) => {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link) turn(link.href);
};

// Without leaving the whole screen, which a new page would.
const turn = async (address, remember = true) => {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = page.title;
    for (const part of [".slide", ".slide-nav"]) {
      document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
    }
    if (remember) history.pushState({}, "", address);
    window.scrollTo(0, 0);
    offer();
  } catch {
    location.assign(address);
  }
};

const offer = () => {
  const button = document.querySelector("[data-fullscreen]");
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => document.documentElement.requestFullscreen());
};

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // A key that a link or button in focus has its own use for.
  if (event.key === " " && event.target.closest("a, button, summary")) return;
  const rel = FORWARD.includes(event.key) ? "next" : BACK.includes(event.key) ? "prev" : "";
  if (!rel) return;
  event.preventDefault();
  follow(rel);
});
addEventListener("popstate", () => turn(location.href, false));
offer();
