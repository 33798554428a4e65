import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import type { DocumentKind } from '../../src/model/document.ts';
import { calendar, policy, reader } from './reader.ts';

const folder = new URL('../fixtures/examples/', import.meta.url);

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
  'check-in-02-left-over': [
    '2 no-check-in-leftovers placeholders',
    '2 require-check-in-status placeholder',
    '5 no-check-in-leftovers beside-text',
    '7 require-check-in-next-steps empty',
  ],
  'okr-02-half': [
    '3 require-okr-roadmap-item empty',
    '6 no-okr-leftovers placeholders',
    '6 require-okr-dependency-stakeholder untouched',
    '8 require-okr-budget placeholder',
  ],
  'plan-02-reference': ['3 require-plan-epic several'],
  'wu-03-untouched': [
    '1 require-update-week placeholder',
    '2 no-update-leftovers placeholders',
    '2 require-update-status placeholder',
    '3 require-update-percent placeholder',
    '6 require-update-completed placeholder',
    '9 require-update-next-steps placeholder',
  ],
  'wu-04-two-choices': ['3 require-update-status several', '4 require-update-percent not-a-number'],
  'wu-06-quoted': ['12 require-update-next-steps empty'],
  'wu-08-decoys': ['- require-update-percent missing'],
  'wu-07-not-on-track': [
    '- require-update-week missing',
    '- require-update-next-steps missing',
    '2 require-update-status unknown',
    '3 require-update-percent out-of-range',
  ],
  'kr-16-traps': ['3 no-template-leftovers beside-text'],
};

describe('the rules in rules/ on the practice texts', () => {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''));

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
