/** An own reading of what is on an issue, so that the tests do not believe the product about itself. */

/** True for a text with our marker alone on a line. */
export function isNudge(body: string): boolean {
  return body.split('\n').some((line) => /^<!-- kr-hygiene \S+ nudge( \S+)? -->$/.test(line.trimEnd()));
}

/** True when the comment asks for something; false for the one line that remains when all is fixed. */
export function asksForSomething(body: string): boolean {
  return isNudge(body) && !body.startsWith('✅');
}

/**
 * What a comment says, without its memory: who was told before (a name in code instead of a mention), which points
 * were fixed, and since when it is. Null when it asks for nothing. Two issues with the same text get the same.
 */
export function withoutHistory(body: string): string | null {
  if (!asksForSomething(body)) return null;
  const [greeting = '', ...rest] = body.split('\n');
  return [
    greeting.replaceAll(/`([\w.-]+)`/g, '@$1'),
    ...rest.filter((line) => !line.startsWith('✅ ') && !line.startsWith('<!-- kr-hygiene')),
  ]
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
