/** The same text by itself: one that was cut out of a longer one keeps the whole of that in memory. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
