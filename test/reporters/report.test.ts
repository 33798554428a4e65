import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { exitCode } from '../../src/cli/exit-code.ts';
import type { SetFinding } from '../../src/model/finding.ts';
import type { RunSummary, SubjectReport } from '../../src/model/report.ts';
import { reportFooter, reportHeader, reportJson, reportSubject } from '../../src/records/write-report.ts';
import { renderCommentForTerminal } from '../../src/reporters/comment-terminal.ts';
import { stylish as stylishFormat } from '../../src/reporters/formats/stylish.ts';
import { text as textReporter } from '../../src/reporters/formats/text.ts';
import { piecesOf, type RenderContext, render } from '../../src/reporters/reporter.ts';
import { summaryText } from '../../src/reporters/text.ts';
import { fc, runs } from '../helpers/random.ts';
import { aFinding, placeAt, plan } from '../plan/helpers.ts';
import { hostile } from '../plan/hostile.ts';
import { aSubject, aSummary } from './helpers.ts';

const look = { color: false, columns: 80 };

const stylish = (subjects: SubjectReport[], { color }: { color: boolean }): string =>
  render(stylishFormat, { ...aSummary(), subjects }, { color, columns: 80, pathOf: (ref) => ref });

describe('report.json', () => {
  test('is the contract, and what was added to it', () => {
    const subject = aSubject({ findings: [aFinding({ place: placeAt(40), people: ['alice'] })] });
    const report: unknown = JSON.parse(reportJson(aSummary([subject]), [subject]));
    expect(report).toEqual({
      version: 1,
      mode: 'dry-run',
      generatedAt: '2026-11-23T09:00:00Z',
      subjects: [
        {
          kind: 'kr',
          ref: 'sec/okrs#12',
          projectId: 1,
          iid: 12,
          url: 'https://gitlab.example.com/sec/okrs/-/issues/12',
          title: 'FY27 Q4 KR1 (Key Care) Rotate all signing keys',
          confidential: false,
          status: 'findings',
          findings: [
            {
              rule: 'require-okr-link',
              messageId: 'missing',
              severity: 'error',
              message: 'The link to the OKR record is missing.',
              hint: 'Write `## Ally OKR: https://app.ally.io/objectives/1`.',
              people: ['alice'],
              place: placeAt(40),
              subject: { part: 'section', name: 'Ally OKR' },
              url: null,
            },
          ],
          actions: [{ type: 'create-note', outcome: 'planned', detail: 'write a comment (one point open)' }],
          error: null,
          comment: subject.comment,
          skippedRules: [],
          restraint: null,
        },
      ],
      totals: {
        subjects: 1,
        clean: 0,
        findings: 1,
        errors: 0,
        skipped: 0,
        closed: 0,
        restrained: 0,
        actions: { planned: 1, applied: 0, unchanged: 0, failed: 0, waiting: 0 },
      },
      requests: { total: 3, retried: 0, throttled: 0 },
      failures: [],
      warnings: [],
      setFindings: [],
    });
  });

  test('times are told to the second', () => {
    const text = reportJson(aSummary([], { generatedAt: '2026-11-23T09:00:00.123Z' }), []);
    expect(JSON.parse(text)).toMatchObject({ generatedAt: '2026-11-23T09:00:00Z' });
  });

  test('findings of set rules come one by one, and are the same text as all at once', () => {
    const refs = Array.from({ length: 2_000 }, (_, index) => `sec/okrs#${index}`);
    const finding: SetFinding = { rule: 'no-shared-okr-link', severity: 'warning', message: 'Shared.', refs };
    for (const count of [0, 1, 7]) {
      const setFindings = Array.from({ length: count }, () => finding);
      const pieces = [...reportFooter(aSummary([], { setFindings, policy: 'abc' }))];
      expect(pieces.join('')).toContain(`\n"setFindings": ${JSON.stringify(setFindings)},\n"policy"`);
      for (const piece of pieces) expect(piece.length).toBeLessThan(JSON.stringify(finding).length + 100);
    }
  });

  test('its pieces make one JSON text, for none, one or many, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (titles) => {
        const subjects = titles.map((title) => aSubject({ title }));
        const pieces = subjects.map((subject, index) => reportSubject(subject, { first: index === 0 }));
        const text = [reportHeader(aSummary()), ...pieces, ...reportFooter(aSummary())].join('');
        const report = JSON.parse(text) as { subjects: { title: string }[] };
        expect(report.subjects.map(({ title }) => title)).toEqual(titles);
      }),
    );
  });
});

test('nothing of a confidential issue is published but where it is and which rules', () => {
  const secret = 'Vendor BREACH';
  const subject = aSubject({
    confidential: true,
    title: secret,
    findings: [
      aFinding({
        message: `“${secret}”`,
        hint: secret,
        people: [secret],
        subject: { part: 'milestone', index: 0, label: secret },
        edit: { place: placeAt(0), text: secret },
      }),
    ],
    skippedRules: [{ rule: 'x', reason: secret }],
    comment: secret,
  });
  const published = [
    reportJson(aSummary([subject]), [subject]),
    runTextOf(subject),
    renderCommentForTerminal(subject, look),
  ];
  for (const text of published) {
    expect(text).not.toContain('BREACH');
    expect(text).toContain('sec/okrs#12');
  }
  expect(published[0]).toContain('require-okr-link');
});

describe('exit code', () => {
  const done = aSummary([aSubject()]);
  const failOn = 'warning';
  test.each([
    ['done', done, 'never', 'error', 0],
    ['findings at the level', done, failOn, 'warning', 1],
    ['findings above the level', done, failOn, 'error', 1],
    ['findings below the level', done, failOn, 'info', 0],
    ['no findings', done, failOn, null, 0],
    [
      'a set finding',
      aSummary([], { setFindings: [{ rule: 'x', severity: 'error', message: '', refs: [] }] }),
      failOn,
      null,
      1,
    ],
    [
      'a source that could not be read',
      aSummary([], { failures: [{ source: 'x', message: '' }] }),
      failOn,
      'error',
      3,
    ],
    ['an issue in error', aSummary([aSubject({ status: 'error' })]), 'never', null, 3],
    [
      'a failed action',
      aSummary([aSubject({ actions: [{ type: 'create-note', outcome: 'failed', detail: '' }] })]),
      'never',
      null,
      3,
    ],
  ] as const)('%s', (_name, summary, failOn, worst, code) => {
    expect(exitCode(summary, { failOn, worst })).toBe(code);
  });
});

describe('on a terminal', () => {
  test('the answer first, then who is asked for what, within 80 columns', () => {
    expect(runTextOf(aSubject())).toBe(
      [
        'One KR: 0 in order, 1 with open points. 1 error.',
        'It would write: 1 new comment.',
        'Most often: require-okr-link 1.',
        'Requests: 3.',
        '',
        '(no one is assigned) 1 point in one KR',
        '  error   sec/okrs#12 The link to the OKR record is missing. require-okr-link',
        '          https://gitlab.example.com/sec/okrs/-/issues/12',
        '',
        'What is done',
        '  would   sec/okrs#12 write a comment (one point open)',
        '',
        'Nothing was changed. Run with --apply to do this.',
        '',
      ].join('\n'),
    );
  });

  test('quiet says the answer, verbose what to do, and a pipe gets one line a finding', () => {
    const quiet = runTextOf(aSubject(), undefined, { detail: 'quiet' });
    expect(quiet).not.toContain('sec/okrs#12');
    expect(runTextOf(aSubject(), undefined, { detail: 'verbose' })).toContain('→ Write `## Ally OKR');
    const piped = runTextOf(aSubject(), undefined, { columns: Number.MAX_SAFE_INTEGER, groupBy: 'rule' });
    expect(piped).toContain(
      '  error   sec/okrs#12 The link to the OKR record is missing. (no one is assigned) https://gitlab.example.com/sec/okrs/-/issues/12\n',
    );
  });

  test('what is left alone is said, and never called as it should be', () => {
    const subject = aSubject({ actions: [], restraint: 'the discussion is locked' });
    const summary = aSummary([subject]);
    expect(summary.totals).toMatchObject({ findings: 1, restrained: 1 });
    expect(runTextOf(subject, summary)).toContain('\n  left    sec/okrs#12 the discussion is locked\n');
    expect(renderCommentForTerminal(subject, look)).toContain('left: the discussion is locked');
    const texts = [summary, { ...summary, mode: 'apply' as const }].map((one) => runTextOf(subject, one));
    for (const text of texts) expect(text).not.toContain('as it should be');
    expect(texts[0]).toContain('One KR, or its comment, is left as it is: see “left” above.');
    expect(texts[1]).toContain('Done. One KR, or its comment, is left');
  });

  test('no KR at all is the answer, and said once', () => {
    const text = runTextOf(null, aSummary([]));
    expect(text).toMatch(/^No KR was selected, so nothing was checked: see `kr-hygiene doctor`\.\n/);
    expect(text.match(/No KR/g)).toHaveLength(1);
    expect(text).not.toMatch(/changed|as it should be/);
  });

  test('what could not be read comes first, and is not called unchanged', () => {
    const failures = [{ source: 'sec/gone', message: 'not found' }];
    const nothing = runTextOf(null, aSummary([], { failures }));
    expect(nothing).toMatch(/^No KR could be read: 1 failure, see below\.\nRequests: /);
    expect(nothing).toContain('Could not be read:\n  - sec/gone: not found');
    expect(nothing).not.toMatch(/to be changed|was selected/);
    const part = aSubject({ status: 'error', findings: [], actions: [], error: 'HTTP 500' });
    const some = runTextOf(part, aSummary([part], { failures }));
    expect(some.split('\n').slice(0, 3)).toEqual([
      'One KR: 0 in order, 0 with open points, 1 in error.',
      'Not everything could be read: 1 failure, 1 KR in error, see below.',
      'On what was read nothing is to be changed.',
    ]);
  });

  test('while findings are open, only comments and labels are called as they should be', () => {
    const text = summaryText(aSummary([aSubject({ actions: [] })]), look);
    expect(text).toContain('Every comment and label is as it should be; --apply would change nothing.');
  });

  test('the summary names what failed, first', () => {
    const text = summaryText(
      aSummary([aSubject()], { failures: [{ source: 'sec/gone', message: 'not found' }] }),
      look,
    );
    expect(text).toContain('Could not be read:\n  - sec/gone: not found');
    expect(text).toContain('Requests: 3.');
    expect(text).toContain('Incomplete');
  });

  test('lint output, as ESLint prints it', () => {
    const place = { start: { line: 7, column: 3, offset: 0 }, end: { line: 7, column: 4, offset: 1 } };
    const subject = aSubject({
      ref: 'kr.md',
      findings: [aFinding({ place })],
      skippedRules: [{ rule: 'x', reason: 'no title' }],
    });
    expect(stylish([subject], { color: false })).toBe(
      [
        'kr.md',
        '  7:3  error    The link to the OKR record is missing.  require-okr-link',
        '                → Write `## Ally OKR: https://app.ally.io/objectives/1`.',
        '  skipped: x, no title',
        '',
        '✖ 1 error in one text',
        '',
      ].join('\n'),
    );
    expect(stylish([aSubject({ findings: [] })], { color: false })).toBe(
      '✔ one text checked, nothing to say\n',
    );
  });

  test('a real comment is drawn without mark-up', () => {
    const findings = [
      aFinding(),
      aFinding({ message: 'Odd: “x y”.', severity: 'warning', url: 'https://docs.example.com/r?a=1&b=2' }),
    ];
    const { comment } = plan({ findings });
    const drawn = renderCommentForTerminal(aSubject({ comment }), { color: true, columns: 80 });
    const text = stripVTControlCharacters(drawn);
    expect(text).toContain('• 🔹 Odd: x y.\n│   → Write ## Ally OKR: https://app.ally.io/objectives/1.');
    expect(text).toContain('objectives/1. Why?');
    expect(text).not.toContain('docs.example.com');
    expect(text).not.toMatch(/<!--|`|\*\*/);
    expect(renderCommentForTerminal(aSubject({ comment }), look)).toContain('Odd: `x y`.');
  });

  test('ready lines in a list are drawn as what is to be copied', () => {
    const comment = ['Or copy this:', '', '- ```markdown', '  /due 2027-01-30', '  ```', '', 'End.'].join(
      '\n',
    );
    const text = renderCommentForTerminal(aSubject({ comment }), look);
    expect(text).toContain('│ Or copy this:\n│\n│     /due 2027-01-30\n│\n│ End.');
    expect(text).not.toContain('```');
  });

  test('no foreign text moves the cursor', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const subject = aSubject({
          ref: text,
          title: other,
          findings: [aFinding({ message: text, hint: other })],
          actions: [{ type: 'create-note', outcome: 'failed', detail: text }],
          comment: `${text}\n${other}`,
          error: other,
          skippedRules: [{ rule: 'x', reason: text }],
        });
        const summary = aSummary([subject], {
          failures: [{ source: text, message: other }],
          warnings: [text],
          setFindings: [{ rule: 'x', severity: 'error', message: text, refs: [other] }],
        });
        const shown = [
          runTextOf(subject, summary),
          stylish([subject], look),
          renderCommentForTerminal(subject, look),
        ].join('\n');
        expect(shown).not.toMatch(/(?!\n)\p{Cc}|\p{Surrogate}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

/** A run over one subject as people read it. */
function runTextOf(
  subject: SubjectReport | null,
  summary: RunSummary = aSummary(subject === null ? [] : [subject]),
  changes: Partial<RenderContext> = {},
): string {
  const rendering = textReporter.open({ ...look, pathOf: (ref) => ref, ...changes });
  return [
    rendering.begin(summary),
    subject === null ? '' : rendering.subject(subject),
    ...piecesOf(rendering.end(summary)),
  ].join('');
}
