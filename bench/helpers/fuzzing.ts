import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { createReader } from '../../src/parse/reader.ts';

export interface Worst {
  microsecondsPerByte: number;
  length: number;
}

export interface FuzzResult {
  failures: string[];
  worst: Worst;
  /** Of texts long enough for the clock to mean something. */
  worstLong: Worst;
  /** Texts beyond the static limits. */
  unread: number;
}

/** A small generator with a seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const scraps = [
  '[',
  ']',
  '(',
  ')',
  '*',
  '_',
  '`',
  '~~',
  '<',
  '>',
  '!',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '- ',
  '> ',
  '# ',
  '|',
  '---',
  '```',
  '<!--',
  '-->',
  '@',
  '&',
  '\\',
  ':',
  '\u0000',
  '\uFEFF',
  '😀',
  'İ',
  '<details>',
  '</details>',
  '>>>\n',
  '{-',
  '-}',
  'Due Date: ',
  'DRI: ',
  '2026-12-04',
  'EOQ',
  '/due x\n',
  '[~] ',
  '[^1]',
  '\u202E',
  '\uD800',
];

function seeds(): string[] {
  const folder = path.resolve(import.meta.dirname, '../../test/fixtures/texts');
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md') && name.includes(path.sep))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

function mutate(text: string, others: readonly string[], pick: (below: number) => number): string {
  let result = text;
  for (let turn = pick(6); turn >= 0; turn -= 1) {
    const at = pick(result.length + 1);
    const to = Math.min(result.length, at + pick(40));
    const scrap = scraps[pick(scraps.length)] as string;
    const kind = pick(8);
    if (kind === 0) result = result.slice(0, at) + result.slice(to);
    else if (kind === 1) result = result.slice(0, at) + scrap + result.slice(at);
    else if (kind === 2)
      result = result.slice(0, to) + result.slice(at, to).repeat(1 + pick(8)) + result.slice(to);
    else if (kind === 3)
      result =
        result.slice(0, at) +
        (others[pick(others.length)] as string).slice(pick(200), 200 + pick(400)) +
        result.slice(at);
    else if (kind === 4) result = result.slice(0, at) + scrap.repeat(1 + pick(60)) + result.slice(at);
    else if (kind === 5)
      result = result.slice(0, at) + String.fromCharCode(pick(0x1_00_00)) + result.slice(to);
    else if (kind === 6) result = result.slice(at) + result.slice(0, at);
    else result = result.replaceAll(scrap, scraps[pick(scraps.length)] as string);
  }
  return result.slice(0, 20_000);
}

/** Texts of the fixtures, mutated, without end; the same for the same seed. */
export function* mutations(seed: number): Generator<string, never> {
  const pick = random(seed);
  const texts = seeds();
  for (;;) yield mutate(texts[pick(texts.length)] as string, texts, pick);
}

/** Reads mutated texts, each as one of the five kinds in turn; nothing may throw or lie outside the text. */
export async function fuzz(inputs: number, seed: number): Promise<FuzzResult> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const reader = createReader(loaded.policy.settings.grammar, loaded.policy.settings.calendar);
  const texts = mutations(seed);
  const result: FuzzResult = {
    failures: [],
    worst: { microsecondsPerByte: 0, length: 0 },
    worstLong: { microsecondsPerByte: 0, length: 0 },
    unread: 0,
  };
  for (let count = 0; count < inputs; count += 1) {
    const text = texts.next().value;
    const kind = documentKinds[count % documentKinds.length] as (typeof documentKinds)[number];
    const before = process.cpuUsage();
    try {
      const document = reader.read(kind, text, { title: text.slice(0, 60), now: '2026-11-23T09:00:00Z' });
      if (document.unread?.detail.startsWith('could not be read') === true) {
        result.failures.push(
          `${kind} (input ${count}): ${document.unread.detail}: ${JSON.stringify(text.slice(0, 300))}`,
        );
      } else if (document.unread !== null) result.unread += 1;
      for (const place of JSON.stringify(document).matchAll(/"offset":(-?\d+)/g)) {
        const offset = Number(place[1]);
        if (offset < 0 || offset > text.length)
          result.failures.push(`${kind} (input ${count}): offset ${offset} of ${text.length}`);
      }
    } catch (error) {
      result.failures.push(
        `${kind} (input ${count}): ${String(error)}: ${JSON.stringify(text.slice(0, 300))}`,
      );
    }
    const { user, system } = process.cpuUsage(before);
    const worst = {
      microsecondsPerByte: (user + system) / Math.max(1, Buffer.byteLength(text)),
      length: text.length,
    };
    // The first texts pay for the compiler.
    if (count > 200 && text.length > 100 && worst.microsecondsPerByte > result.worst.microsecondsPerByte)
      result.worst = worst;
    if (count > 200 && text.length > 2000 && worst.microsecondsPerByte > result.worstLong.microsecondsPerByte)
      result.worstLong = worst;
  }
  return result;
}
