import { documentKinds } from '../../src/kinds/index.ts';
import type { KrHygieneDocument, Place } from '../../src/model/document.ts';
import { reader } from './helpers.ts';

const now = '2026-11-23T09:00:00Z';

/** Every place of a document, with the key it is under. */
export function* placesIn(
  value: unknown,
  key = '',
): Generator<{ key: string; place: Place; owner: Record<string, unknown> }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null && 'start' in inner && 'end' in inner) {
      yield { key: name, place: inner as Place, owner: value as Record<string, unknown> };
    } else yield* placesIn(inner, `${key}.${name}`);
  }
}

/** What is wrong with the places of a document; [] when nothing is. */
export function misplaced(text: string, document: KrHygieneDocument): string[] {
  const errors: string[] = [];
  for (const { key, place, owner } of placesIn(document)) {
    const { start, end } = place;
    const inside = start.offset >= 0 && start.offset <= end.offset && end.offset <= text.length;
    if (!inside) errors.push(`${key} is not inside: ${JSON.stringify(place)}`);
    for (const point of [start, end]) {
      const before = text.slice(0, point.offset).split(/\r\n|\r(?!\n)|\n/);
      // The offset between \r and \n belongs to the line that they end.
      const line = before.length - (text[point.offset - 1] === '\r' && text[point.offset] === '\n' ? 1 : 0);
      if (point.line !== line) errors.push(`${key}: line ${point.line} is ${line}`);
    }
    const written = text.slice(start.offset, end.offset);
    if (key === 'driPlace' && owner['driText'] !== written)
      errors.push(`driText is not ${JSON.stringify(written)}`);
    if (
      key === 'place' &&
      'text' in owner &&
      'place' in owner &&
      Object.keys(owner).length === 2 &&
      owner['text'] !== written
    ) {
      errors.push(`leftover is not ${JSON.stringify(written)}`);
    }
  }
  return errors;
}

/** Reads a text as every kind; returns what went wrong. */
export function troubles(text: string): string[] {
  return documentKinds.flatMap((kind) => {
    const document = reader.read(kind, text, { title: 'FY27 Q4 KR1 (A) b', now });
    return misplaced(text, document).map((configError) => `${kind}: ${configError}`);
  });
}
