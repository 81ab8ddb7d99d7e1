// Marks in the outline the part of the acta that is being read.
const links = [...document.querySelectorAll(".outline a[href^='#']")];
const linkOf = new Map(links.map((link) => [document.getElementById(link.hash.slice(1)), link]));
linkOf.delete(null);

const mark = (current) => {
  for (const link of links) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

// Only what enters the upper fifth of the window counts as read now.
const observer = new IntersectionObserver(
  (entries) => {
    const entered = entries.filter((entry) => entry.isIntersecting).at(-1);
    if (entered) mark(linkOf.get(entered.target));
  },
  { rootMargin: "0px 0px -80% 0px" },
);
for (const target of linkOf.keys()) observer.observe(target);

// On a phone the outline gives way to the place it led to.
document.querySelector(".outline")?.addEventListener("click", (event) => {
  if (event.target.closest("a")) document.querySelector(".outline details").open = false;
});
