/** A text without white space and some signs at its ends. */
export function withoutEdges(text: string, before: ReadonlySet<string>, behind: ReadonlySet<string>): string {
  let start = 0;
  let { length: end } = text;
  while (start < end && isEdge(text, start, before)) start += 1;
  while (end > start && isEdge(text, end - 1, behind)) end -= 1;
  return text.slice(start, end);
}

const space = /\s/;
const isEdge = (text: string, at: number, signs: ReadonlySet<string>): boolean =>
  signs.has(text[at] as string) || space.test(text[at] as string);
