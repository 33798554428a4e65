/**
 * An outline of org-mode, where stars are what hashes are here: `** Heading` means nothing in Markdown. Next to other
 * headings such stars are nested bullets of a wiki. All places stay the same.
 */
export function withOrgHeadings(text: string): string {
  if (!text.includes('\n** ') || /^(?:#{1,6} |h[1-6]\. |={1,6} )/m.test(text)) return text;
  return text.replace(/^\*{1,6}(?= \S)/gm, (stars) => '#'.repeat(stars.length));
}
