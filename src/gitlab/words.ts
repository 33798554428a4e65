import { withoutToken } from '../model/secret.ts';
import type { Answer } from './transport.ts';

/** GitLab's own words from any of its shapes (docs/gitlab.md §5), cleaned and cut; '' for HTML and plain text. */
export function wordsOf({ body }: Answer, token: string): string {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return '';
  const fields = body.value as Record<string, unknown>;
  const texts = ['error', 'error_description', 'message'].flatMap((key) => textsIn(fields[key], 0));
  if (fields['needs_captcha_response'] === true) texts.push('captcha');
  // Before it is cut: half a token is no longer found.
  return withoutToken([...new Set(texts)].join('; '), token)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .replace(/[. ]+$/, '');
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, depth + 1).map((text) => `${key}: ${text}`),
  );
}
