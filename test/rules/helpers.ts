import { describe, expect, test } from '@jest/globals';
import { runExample } from '../../src/assess/example.ts';
import type { RuleReport } from '../../src/model/rule.ts';
import type { Rule, RuleExample } from '../../src/rules/rule.ts';
import { calendar, reader } from './reader.ts';

/** A Markdown text and what the rule reports on it; `says` are the messages and hints word for word. */
export interface RuleCase extends RuleExample {
  says?: readonly string[];
  /** The people each report is for. */
  people?: readonly (readonly string[])[];
  /** The text each report points at; null: nowhere. */
  pointsAt?: readonly (string | null)[];
}

/**
 * Runs a rule on its own examples and on further cases, through the real reader. Fails also when one of its messages
 * is never reported or when there is no text it leaves alone: such a rule is not tested.
 * @param unreachable ids of messages that no text of this kind can bring about
 */
export function testRule(
  rule: Rule,
  cases: readonly RuleCase[] = [],
  unreachable: readonly string[] = [],
): void {
  describe(rule.id, () => {
    const all: readonly RuleCase[] = [...rule.examples, ...cases];
    test.each(all.map((one) => [one.shows, one] as const))('%s', (_shows, one) => {
      const reports = runExample(rule, one, reader, calendar);
      expect(reports.map(({ messageId }) => messageId)).toEqual(one.reports);
      expect(reports.filter((report) => !isGoodReport(report, one.markdown.join('\n')))).toEqual([]);
      if (one.says)
        expect(reports.map(({ message, hint }) => `${message} ${hint ?? ''}`.trim())).toEqual(one.says);
      if (one.people) expect(reports.map(({ people }) => people)).toEqual(one.people);
      if (one.pointsAt)
        expect(reports.map((report) => textAt(report, one.markdown.join('\n')))).toEqual(one.pointsAt);
    });

    test('every message is reported at least once, and some text is left alone', () => {
      const reported = new Set([...unreachable, ...all.flatMap(({ reports }) => reports)]);
      expect(reported).toEqual(new Set(Object.keys(rule.messages)));
      expect(all.some(({ reports }) => reports.length === 0)).toBe(true);
    });
  });
}

function textAt({ place }: RuleReport, source: string): string | null {
  return place === null ? null : source.slice(place.start.offset, place.end.offset);
}

/** One line, nothing left unfilled, back-ticks in pairs and only in quotes or hints, and a place inside the text. */
function isGoodReport({ message, hint, place }: RuleReport, source: string): boolean {
  const texts = [message, hint ?? ''];
  return (
    texts.every((text) => !/[\n\r]|\{\w+\}|undefined|\[object|“”|\s\s/.test(text)) &&
    !message.replace(/“[^”]*”/g, '').includes('`') &&
    (hint ?? '').split('`').length % 2 === 1 &&
    (place === null || (place.start.offset <= place.end.offset && place.end.offset <= source.length))
  );
}
