// Points of the orden del día are dragged to their place; the buttons do the same without a mouse.
const list = document.querySelector("[data-points]");
const order = document.querySelector("[data-order]");

const points = () => [...list.querySelectorAll("[data-point]")];
const keys = () => points().map((point) => point.dataset.point);

function save() {
  for (const key of keys()) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "punto", value: key });
    order.append(field);
  }
  order.submit();
}

function drag(point, start) {
  const before = points();
  const asBefore = keys().join();
  const stop = new AbortController();
  const { signal } = stop;
  point.classList.add("point-dragged");
  // The list, because the point leaves its place in the page, and whoever leaves loses the pointer.
  list.setPointerCapture(start.pointerId);

  const move = ({ clientY }) => {
    // Above the first point whose middle is below the pointer.
    const next = points()
      .filter((other) => other !== point)
      .find((other) => {
        const { top, height } = other.getBoundingClientRect();
        return clientY < top + height / 2;
      });
    if (next) next.before(point);
    else list.append(point);
  };
  const end = ({ type }) => {
    point.classList.remove("point-dragged");
    stop.abort();
    if (type !== "pointerup") list.append(...before);
    else if (keys().join() !== asBefore) save();
  };
  list.addEventListener("pointermove", move, { signal });
  list.addEventListener("pointerup", end, { signal });
  list.addEventListener("pointercancel", end, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(event), { signal });
}

if (list && points().length > 1) {
  for (const point of points()) {
    const handle = point.querySelector("[data-handle]");
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
      if (event.button === 0) drag(point, event);
    });
  }
}
