import { describe, expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { fc, runs } from '../helpers/random.ts';
import { calendar, policy, reader } from './reader.ts';

const now = '2026-11-23T09:00:00Z';

const noise = fc.constantFrom(
  '/close',
  '@all',
  '`@ann`',
  '~~2026-11-13~~',
  '12/11/2026',
  'EOQ',
  'TBD',
  '<!-- -->',
  '| a | b |',
  '> quote',
  '```',
  '{found}',
  '“',
  '\u202E',
  '',
);

/** Texts made of the template's own lines, cut, doubled and mixed with what people and rogues type. */
function texts(template: string) {
  const lines = template.split('\n');
  const line = fc
    .tuple(fc.constantFrom(...lines), fc.nat({ max: 80 }), noise)
    .map(([text, cut, added]) => `${text.slice(0, cut)} ${added}`);
  return fc.array(fc.oneof(fc.constantFrom(...lines), line, noise), { maxLength: 25 });
}

describe.each(documentKinds)('the rules for %s', (kind) => {
  test('never fail, and point into the text, whatever became of the template', () => {
    const template = reader.template(kind);
    fc.assert(
      fc.property(
        texts(policy.settings.grammar[kind].template),
        fc.constantFrom('\n', '\r\n'),
        (lines, end) => {
          const source = lines.join(end);
          const title = `FY27 Q4 KR1 (A) ${lines[0] ?? ''}`;
          const document = reader.read(kind, source, { title, now });
          const facts = { title, assignees: ['ann'], dueDate: null, members: new Set(['ann']) };
          const context = ruleContext({ document, source, facts, now, calendar, template });
          const { findings, skipped } = evaluate(document, policy.rules, context);
          expect(skipped).toEqual([]);
          for (const { place, message, hint, edit } of findings) {
            expect(`${message}${hint ?? ''}`).not.toMatch(/[\n\r]|undefined|\[object/);
            for (const span of [place, edit?.place]) {
              if (!span) continue;
              expect(span.start.offset).toBeLessThanOrEqual(span.end.offset);
              expect(span.end.offset).toBeLessThanOrEqual(source.length);
            }
          }
        },
      ),
      { numRuns: runs(150) },
    );
  });

  test('have nothing left to delete once the lines they offer to delete are gone', () => {
    const source = policy.settings.grammar[kind].template;
    const fixes = (text: string) => {
      const document = reader.read(kind, text, { title: '', now });
      const context = ruleContext({
        document,
        source: text,
        facts: {},
        now,
        calendar,
        template: reader.template(kind),
      });
      return evaluate(document, policy.rules, context).findings.flatMap(({ edit }) => edit ?? []);
    };
    const mended = fixes(source)
      .toReversed()
      .reduce(
        (text, { place, text: by }) => text.slice(0, place.start.offset) + by + text.slice(place.end.offset),
        source,
      );
    expect(fixes(mended)).toEqual([]);
  });
});
