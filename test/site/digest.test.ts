import { describe, expect, test } from '@jest/globals';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import { digestMark } from '../../src/model/digest-mark.ts';
import { digestEdit, renderDigest } from '../../src/site/digest.ts';
import { fc, runs } from '../helpers/random.ts';
import { dangers, hostile } from '../plan/hostile.ts';
import { aRecord } from '../records/helpers.ts';
import { aSubject, aSummary } from '../reporters/helpers.ts';

const options = { policy: 'default', needsAttention: 'kr-hygiene::needs-attention', labels: ['KR'] };
const digest = renderDigest(quarterReport(40), options);

describe('the digest', () => {
  test('says what changed first, then who has what in at most ten lines, and names no one in a way that mails', () => {
    const { title, section, comment } = digest;
    expect(title).toBe('Key Results, FY27 Q4: digest');
    expect(section).toContain('**Since last week**');
    expect(section.indexOf('Since last week')).toBeLessThan(section.indexOf('Who has what'));
    expect(section).toContain('- `ann`\n');
    expect(section).not.toContain('@');
    expect(section).toContain(
      'query: type = Issue and project = "example-sec/okrs" and label = "kr-hygiene::needs-attention" and state = opened',
    );
    for (const part of section.split(/^- /m)) expect(part.split('\n  - ').length).toBeLessThanOrEqual(11);
    expect(comment.split('\n')).toHaveLength(3);
    expect(section).toContain(digestMark('default', 'FY27-Q4'));
    expect(section).not.toContain(digestMark('other', 'FY27-Q4'));
  });

  test('a quiet week is one line', () => {
    const quiet = renderDigest({ ...aSummary(), subjects: [] }, options);
    expect(quiet.section).toContain('Nothing changed.');
  });

  test('hostile words are inert', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const record = aRecord({
          statement: a,
          assignees: [b],
          milestones: [
            { label: a, description: b, dueDate: a, dris: [b], state: 'open', overdue: true, doneOn: null },
          ],
          timeline: [{ on: '2026-11-20', what: 'milestone-done', detail: a, source: b, by: a }],
        });
        const subjects = [aSubject({ ref: a, title: b, state: 'opened', record })];
        const { section, comment } = renderDigest(
          { ...aSummary(subjects, { incomplete: [a] }), subjects },
          { policy: b, needsAttention: a, labels: [b] },
        );
        const inner = section
          .split('\n')
          .slice(1, -1)
          .join('\n')
          .replace(/```glql[\s\S]*?```/g, '');
        for (const text of [inner, comment]) {
          expect(dangers(`${text}\n\n<!-- kr-hygiene 2 nudge e30 -->`)).toEqual([]);
        }
      }),
      { numRuns: Number(process.env['HOSTILE'] ?? runs(60)) },
    );
  });
});

describe('its edit', () => {
  test('keeps what people wrote around it, byte for byte, and changes nothing twice', () => {
    fc.assert(
      fc.property(hostile, hostile, (before, after) => {
        const first = `${before}${digest.section}${after}`;
        fc.pre(first.indexOf(digest.section) === before.length && !before.includes('1 digest'));
        const next = digest.section.replace('**Since last week**', '**Since then**');
        const edited = digestEdit(first, next);
        expect(edited).toBe(`${before}${next}${after}`);
        expect(digestEdit(edited ?? '', next)).toBe(null);
      }),
    );
  });

  test('comes after the text of a description without one', () => {
    expect(digestEdit('', digest.section)).toBe(`${digest.section}\n`);
    expect(digestEdit('Ours.\r\n', digest.section)).toBe(`Ours.\r\n\n${digest.section}\n`);
    expect(digestEdit('Ours.', digest.section)).toBe(`Ours.\n\n${digest.section}\n`);
  });

  test('takes nothing for its own where somebody removed the end', () => {
    const broken = `Before\n${digest.section.replace('<!-- /kr-hygiene 1 digest -->', '')}\nAfter`;
    const edited = digestEdit(broken, digest.section) ?? '';
    expect(edited.startsWith(`Before\n${digest.section}`)).toBe(true);
    expect(edited.endsWith('\nAfter')).toBe(true);
  });
});
