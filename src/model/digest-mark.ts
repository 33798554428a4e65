/**
 * Recognising the digest, an issue of the bot's own: what it keeps there is between two HTML comments, and the first
 * says of which policy and quarter it is.
 */
const OPENING = '<!-- kr-hygiene 1 digest';

/** Ends what is ours. */
export const digestEnd = '<!-- /kr-hygiene 1 digest -->';

/** Begins what is ours. @param quarter `FY27-Q4` */
export function digestMark(policyId: string, quarter: string): string {
  return `${OPENING} ${policyId.replace(/[^A-Za-z0-9_-]/g, '_')} ${quarter} -->`;
}

/** A description with other words in place of its digest; the words alone where it holds none. */
export function withoutDigest(description: string, words: string): string {
  const from = description.indexOf(OPENING);
  if (from < 0) return words;
  const to = description.indexOf(digestEnd, from);
  return description.slice(0, from) + words + (to < 0 ? '' : description.slice(to + digestEnd.length));
}

/** Whether a description holds a digest, of whatever policy and quarter. Trust it only where the bot is the author. */
export function holdsDigest(description: string): boolean {
  return description.includes(OPENING);
}
