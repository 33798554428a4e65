/** How many lines a reader sees: what is folded, blank or the hidden marker does not count; a fold counts as one. */
export function visibleLines(comment: string): number {
  let folded = 0;
  let count = 0;
  // Most lines are neither blank nor begin with `<`, which their first character tells.
  for (let start = 0; start <= comment.length; ) {
    const found = comment.indexOf('\n', start);
    const end = found === -1 ? comment.length : found;
    const first = comment.charCodeAt(start);
    const isPlain = first > 32 && first < 127 && first !== 60;
    const line = isPlain ? '' : comment.slice(start, end);
    if (line.startsWith('<details')) {
      folded += 1;
      count += folded === 1 ? 1 : 0;
    } else if (line === '</details>') folded -= 1;
    else if (folded === 0 && (isPlain || (line.trim() !== '' && !line.startsWith('<!--')))) count += 1;
    start = end + 1;
  }
  return count;
}
