/** What stands in the place of a token, everywhere. */
const MASK = '(token)';

/** What is shorter is no token of GitLab (they have 20 characters and more), and may well be a part of a word. */
const SHORTEST = 8;

/** A text without the token, in any case: host names come back in lower case. */
export function withoutToken(text: string, token: string): string {
  if (token.length < SHORTEST) return text;
  return text.replaceAll(new RegExp(token.replaceAll(/[^\w-]/g, '\\$&'), 'gi'), MASK);
}
