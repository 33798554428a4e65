const box = /\[([ xX✓✔~-]?)\]|[☐☑☒]/gu;
const isTicked = (sign: string, inside: string | undefined): boolean =>
  inside === undefined ? sign !== '☐' : /[xX✓✔]/u.test(inside);

/**
 * What is behind the ticked boxes of a choice, `[ ] On Track [x] Blocked`, `☐ @ann ☒ @bo`, as places in the text; null:
 * there are not two boxes.
 */
export function tickedIn(text: string): { start: number; end: number }[] | null {
  const boxes = [...text.matchAll(box)];
  if (boxes.length < 2) return null;
  return boxes.flatMap(({ 0: sign, 1: inside, index }, at) =>
    isTicked(sign, inside) ? [{ start: index + sign.length, end: boxes[at + 1]?.index ?? text.length }] : [],
  );
}
