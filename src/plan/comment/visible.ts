/** How many lines a reader sees: what is folded, blank or the hidden marker does not count; a fold counts as one. */
export function visibleLines(comment: string): number {
  let folded = 0;
  let count = 0;
  for (const line of comment.split('\n')) {
    if (line.startsWith('<details')) {
      folded += 1;
      count += folded === 1 ? 1 : 0;
    } else if (line === '</details>') folded -= 1;
    else if (folded === 0 && line.trim() !== '' && !line.startsWith('<!--')) count += 1;
  }
  return count;
}
