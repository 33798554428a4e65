/** What is in the place of a token, everywhere. */
const MASK = '(token)';

/** A shorter text is not a GitLab token (they have at least 20 characters), and may well be part of a word. */
const SHORTEST = 8;

/** Patterns of the tokens seen, since finding the forms of one costs more than looking for them. */
const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 20;

/**
 * A text without the token, however it is written there: as it is, in another case (host names come back in lower
 * case), escaped for JSON, HTML or an address, in hexadecimal digits, or in base64 of either alphabet, by itself or
 * within something longer, as in a header of basic authentication.
 */
export function withoutToken(text: string, token: string): string {
  if (token.length < SHORTEST) return text;
  return text.replace(patternOf(token), MASK);
}

function patternOf(token: string): RegExp {
  const known = patterns.get(token);
  if (known !== undefined) return known;
  const forms = [...new Set(formsOf(token))]
    .filter((form) => form.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map((form) => form.replaceAll(/[^\w-]/g, '\\$&')).join('|'), 'gi');
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(token, pattern);
  return pattern;
}

function formsOf(token: string): string[] {
  const bytes = Buffer.from(token, 'utf8');
  const hex = bytes.toString('hex');
  const percent = hex.replaceAll(/../g, '%$&');
  const html = token
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const json = JSON.stringify(token).slice(1, -1);
  return [
    token,
    encodeURIComponent(bytes.toString()),
    percent,
    hex,
    html,
    html.replaceAll("'", '&#39;'),
    json,
    json.replaceAll('/', '\\/'),
    ...[0, 1, 2].flatMap((before) => base64Of(bytes, before)),
  ];
}

/**
 * The digits of base64 that depend on the token alone where `before` bytes (of three) are in front of it: those at
 * the ends share their bits with what is around.
 */
function base64Of(bytes: Buffer, before: number): string[] {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + bytes.length) * 8) / 6);
  const core = digits.slice(first, last);
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}
