import { expect, test } from '@jest/globals';
import { stylish } from '../../src/reporters/formats/stylish.ts';
import { text } from '../../src/reporters/formats/text.ts';
import { piecesOf } from '../../src/reporters/reporter.ts';
import { cli } from '../helpers/capture-io.ts';
import { aFinding } from '../plan/helpers.ts';
import { aSubject, aSummary } from './helpers.ts';

/** One description of the largest size GitLab takes, with as many findings as it can hold, each quoting it. */
const flood = aSubject({
  title: 'T'.repeat(10_000),
  error: 'E'.repeat(900_000),
  findings: Array.from({ length: 15_000 }, (_, index) =>
    aFinding({ message: `${index} ${'quote '.repeat(2_000)}`, hint: 'H'.repeat(10_000) }),
  ),
});
const look = { color: false, columns: 100, pathOf: (ref: string) => ref };

test.each([text, stylish])(
  '$name: one issue takes little of a log, and what is left out is counted',
  (reporter) => {
    const rendering = reporter.open(look);
    rendering.begin({ mode: 'dry-run', generatedAt: '2026-11-23T09:00:00Z' });
    const subject = reporter === stylish ? { ...flood, error: null } : flood;
    const told = rendering.subject(subject);
    const end = reporter === text ? piecesOf(rendering.end(aSummary([subject]))) : [];
    const shown = [told, ...end].join('');
    expect(shown.length).toBeLessThan(120_000);
    expect(shown).toMatch(/… and 1\d[\d,]* more findings/);
  },
);

test('a log has room for its totals, however many issues there are', () => {
  const rendering = text.open(look);
  let length = rendering.begin({ mode: 'dry-run', generatedAt: '2026-11-23T09:00:00Z' }).length;
  const subjects = 20_000;
  const one = aSubject({ findings: Array.from({ length: 5 }, () => aFinding()) });
  for (let index = 0; index < subjects; index += 1) length += rendering.subject(one).length;
  const last = rendering.end(
    aSummary([one], {
      warnings: Array.from({ length: 5000 }, () => 'W'.repeat(5000)),
      failures: Array.from({ length: 5000 }, () => ({ source: 'sec', message: 'F'.repeat(5000) })),
    }),
  );
  const end = [...piecesOf(last)].join('');
  expect(length + end.length).toBeLessThan(2_000_000);
  const [, issues, findings] =
    /… and (\d+) more issues with (\d+) findings, left out of this log/.exec(end) ?? [];
  expect(Number(findings)).toBe(Number(issues) * 5);
  expect(end).toContain(`${subjects * 5} errors`);
  expect(end).toMatch(/^One KR[\s\S]*Requests: 3\.[\s\S]*… and 4950 more lines/);
});

test('lint and explain of a hostile file stay short, and end with their sums', async () => {
  const milestone = '- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: the team\n';
  const stdin = `## Objective:\n${'word '.repeat(30_000)}\n## Milestones\n${milestone.repeat(400)}`;
  const lint = await cli(['lint', '-'], { stdin });
  expect(lint.stdout.length).toBeLessThan(120_000);
  expect(lint.stdout).toMatch(/… and \d+ more findings[\s\S]*in one text\n$/);
  const explain = await cli(['explain', '-'], { stdin });
  expect(explain.stdout.length).toBeLessThan(120_000);
});
