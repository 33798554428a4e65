import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ruleContext } from '../../src/evaluate/context.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { DocumentKind } from '../../src/model/document.ts';
import { calendar, policy, reader } from './reader.ts';

const folder = new URL('../../../shared/examples/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`Skipped: no practice texts in ${folder.pathname}`);

interface Practice {
  kind: DocumentKind;
  title?: string;
  now: string;
}

/** Every finding of the rules in rules/, by text: line, rule, message. Texts that are not named have none. */
const planted: Record<string, string[]> = {
  'kr-05-half-filled': [
    '1 no-template-leftovers placeholders',
    '1 require-okr-link placeholder',
    '6 require-milestone-due-date placeholder',
    '6 require-milestone-dri missing',
    '7 require-milestone-description placeholder',
    '7 require-milestone-due-date placeholder',
    '7 require-milestone-dri placeholder',
    '8 no-template-leftovers instruction',
    '10 no-template-leftovers instruction',
  ],
  'kr-07-table': ['11 require-milestone-dri not-a-mention', '12 require-milestone-due-date placeholder'],
  'kr-08-headings': ['13 no-overdue-milestone overdue'],
  'kr-09-sentences': ['- match-title-format missing', '9 require-milestone-dri missing'],
  'kr-10-moved-dates': ['9 require-milestone-due-date missing'],
  'kr-11-dates-that-are-none': [
    '5 require-milestone-due-date two-readings',
    '7 require-milestone-due-date impossible',
    '8 require-milestone-due-date not-a-date',
    '9 require-milestone-due-date not-a-date',
    '10 require-milestone-due-date not-a-date',
    '11 require-milestone-due-date not-a-date',
  ],
  'kr-12-owners-that-are-none': [
    '5 no-overdue-milestone overdue',
    '6 require-milestone-dri not-a-mention',
    '8 require-milestone-dri in-code',
    '10 require-milestone-dri group',
    '11 require-milestone-dri not-a-mention',
    '12 require-milestone-dri placeholder',
    '13 require-milestone-dri not-a-mention',
    '14 require-milestone-dri not-a-mention',
  ],
  'kr-14-link-elsewhere': ['- match-title-format missing'],
  'kr-15-nested': ['1 require-okr-link not-a-record'],
  'kr-16-traps': ['3 no-template-leftovers beside-text'],
};

(present ? describe : describe.skip)('the rules in rules/ on the practice texts', () => {
  const names = present
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.replace('.json', ''))
    : ['none'];

  test.each(names)('%s', (name) => {
    const { kind, title, now } = JSON.parse(
      readFileSync(new URL(`${name}.json`, folder), 'utf8'),
    ) as Practice;
    const source = readFileSync(new URL(`${name}.md`, folder), 'utf8');
    const document = reader.read(kind, source, { title: title ?? '', now });
    const facts = title === undefined ? {} : { title };
    const template = reader.template(kind);
    const { findings, skipped } = evaluate(
      document,
      policy.rules,
      ruleContext({ document, source, facts, now, calendar, template }),
    );
    const found = findings.map(
      ({ place, rule, messageId }) => `${place?.start.line ?? '-'} ${rule} ${messageId}`,
    );
    expect(found.sort(byLine)).toEqual([...(planted[name] ?? [])].sort(byLine));
    expect(skipped.map(({ rule }) => rule)).toEqual(
      kind === 'kr' ? ['match-issue-due-date', 'require-overall-dri'] : [],
    );
  });
});

function byLine(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}
