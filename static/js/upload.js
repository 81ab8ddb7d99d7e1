// Tells of a file that is too large before it travels; the server has the last word.
for (const input of document.querySelectorAll("input[data-max-bytes]")) {
  input.addEventListener("change", () => {
    const { maxBytes, maxWords } = input.dataset;
    const large = [...input.files].find(({ size }) => size > Number(maxBytes));
    input.setCustomValidity(
      large ? `«${large.name}» pesa más de ${maxWords}, que es el máximo: redúzcalo o divídalo.` : "",
    );
    input.reportValidity();
  });
}
