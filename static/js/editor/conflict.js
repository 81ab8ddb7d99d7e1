// Shows two texts of the same block and gives the one to keep; null to decide later.
const dialog = document.getElementById("editor-conflict");
const [mine, theirs, merged] = ["mine", "theirs", "merged"].map((name) =>
  document.getElementById(`conflict-${name}`),
);

export function resolve(mineText, theirsText, by) {
  mine.value = mineText;
  theirs.value = theirsText;
  merged.value = mineText;
  dialog.querySelector("[data-by]").textContent = by;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener(
      "close",
      () => {
        const texts = { mine: mineText, theirs: theirsText, merged: merged.value };
        done(texts[dialog.returnValue] ?? null);
      },
      { once: true },
    );
  });
}
