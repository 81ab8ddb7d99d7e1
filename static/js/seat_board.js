// Keeps the board of seats as it is now, and shows it alone on the whole screen.
const EVERY = 10_000;
const board = document.querySelector("[data-board]");
const fullscreen = document.querySelector("[data-fullscreen]");

setInterval(async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    // What has not changed is not said again to a screen reader.
    if (html !== board.dataset.shown) board.innerHTML = html;
    board.dataset.shown = html;
  } catch {
    // The network is back or not in ten seconds.
  }
}, EVERY);

fullscreen.hidden = !document.fullscreenEnabled;
fullscreen.addEventListener("click", () => board.requestFullscreen());
