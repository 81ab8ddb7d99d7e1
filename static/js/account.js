// The account menu opens without us; this only closes it as one expects of a menu.
const menu = document.querySelector(".account");

if (menu instanceof HTMLDetailsElement) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
