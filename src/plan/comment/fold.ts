/** A part of the comment that opens at a click. The blank lines make Markdown live inside the HTML block. */
export function fold(summary: string, blocks: readonly string[], open = false): string {
  return [`<details${open ? ' open' : ''}>\n<summary>${summary}</summary>`, ...blocks, '</details>'].join(
    '\n\n',
  );
}
