// Whether text can be read.

/** Runs in the page: the texts whose colour is too near to what is behind them. */
export function findFaintText() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  function paint(colors) {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }

  function luminance(color) {
    const [red, green, blue] = color.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function backgrounds(element) {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(getComputedStyle(at).backgroundColor);
    return chain;
  }

  function contrast(element, property) {
    const behind = backgrounds(element);
    const pair = [paint([...behind, getComputedStyle(element)[property]]), paint(behind)]
      .map(luminance)
      .sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  }

  const holdsText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isShown = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
  const isLarge = ({ fontSize, fontWeight }) =>
    parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
  const inBadge = (element) => element.closest(".badge svg") !== null; // on a shape, not on a background

  return [...document.body.querySelectorAll("*")]
    .filter((element) => holdsText(element) && isShown(element) && !inBadge(element))
    .map((element) => [
      element,
      contrast(element, element instanceof SVGElement ? "fill" : "color"),
      isLarge(getComputedStyle(element)) ? 3 : 4.5,
    ])
    .filter(([, ratio, least]) => ratio < least)
    .map(
      ([element, ratio]) =>
        `${element.className.baseVal ?? element.className} "${element.textContent.slice(0, 40)}" ${ratio.toFixed(2)}`,
    );
}
