import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import { type Report, readReport } from '../../src/records/read-report.ts';
import { writeReport } from '../../src/records/write-report.ts';
import { buildSite, LeakError, type SiteFiles } from '../../src/site/build.tsx';
import { safeUrl } from '../../src/site/data/urls.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc, runs } from '../helpers/random.ts';
import { aFinding } from '../plan/helpers.ts';
import { hostile } from '../plan/hostile.ts';
import { aRecord } from '../records/helpers.ts';
import { aSubject, aSummary } from '../reporters/helpers.ts';

const build = (report: Report): SiteFiles => buildSite(report, '# EOF\n');
const small = quarterReport(20);

function reportOf(subjects: Report['subjects'], over: Partial<Report> = {}): Report {
  return { ...aSummary(subjects), generatedAt: '2026-11-23T09:00:00Z', subjects, ...over };
}

test('writes the files of the contract, the same bytes each time, packed next to', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-site-'));
  try {
    const file = path.join(dir, 'report.json');
    await writeFile(file, writeReport(small));
    const out = path.join(dir, 'public');
    expect(await cli(['site', file, '--output', out])).toMatchObject({
      code: 0,
      stdout: `${path.join(out, 'index.html')}\n`,
    });
    const names = [
      'index.html',
      'fy27-q3/index.html',
      'fy27-q4/index.html',
      'embed/current.html',
      'embed/previous.html',
      'current.svg',
      'previous.svg',
      'data.json',
      'metrics.txt',
      'style.css',
      'site.js',
    ];
    const written = (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)))
      .sort();
    expect(written).toEqual(names.flatMap((name) => [name, `${name}.br`, `${name}.gz`]).sort());
    const index = await readFile(path.join(out, 'index.html'));
    expect(gunzipSync(await readFile(path.join(out, 'index.html.gz')))).toEqual(index);
    expect(index.toString()).toBe(build(readReport(writeReport(small))).get('index.html'));
    expect(await readFile(path.join(out, 'metrics.txt'), 'utf8')).toMatch(/# EOF\n$/);
    expect(await cli(['site', file])).toMatchObject({ code: 2 });
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('data.json is as docs/data.schema.json says', async () => {
  const schema = JSON.parse(
    await readFile(new URL('../../docs/data.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const unread = aSubject({ ref: 'a#9', status: 'error', error: 'GitLab did not answer.' });
  const odd = reportOf([unread, aSubject({ state: 'opened', record: aRecord({ quarter: null }) })]);
  for (const report of [small, odd]) {
    validate(JSON.parse(build(report).get('data.json') ?? ''));
    expect(validate.errors).toBe(null);
  }
});

test('pages load nothing from elsewhere, run nothing but one file of ours, and need no style attribute', () => {
  for (const [name, html] of build(small)) {
    if (!name.endsWith('.html')) continue;
    expect(html.slice(0, 300)).toContain('default-src &#39;none&#39;');
    expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)=/i);
    expect(html).not.toMatch(/<(?:style|img|iframe|form|object|embed)\b/i);
    const loaded = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
    for (const url of loaded) expect(url).toMatch(/^(?:\.\.\/)?(?:style\.css|site\.js)$/);
    if (name.startsWith('embed/')) expect(html).not.toContain('<script');
    expect(html).toContain('<time datetime="2026-12-16T09:00:00Z">Wed 16 Dec 2026, 09:00 UTC</time>');
    for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g))
      expect(html).toContain(` id="${target}"`);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

describe('what a page says', () => {
  const record = aRecord({ status: { claimed: 'on-track', week: '2026-11-16', noteId: 991 } });
  const page = (subjects: Report['subjects'], over: Partial<Report> = {}): string =>
    build(reportOf(subjects, over)).get('index.html') ?? '';

  test('a KR by its statement with a link to the issue, its claim with a link to the comment', () => {
    const html = page([aSubject({ state: 'opened', record })]);
    const issue = 'https://gitlab.example.com/sec/okrs/-/issues/12';
    expect(html).toContain(
      `<a href="${issue}" class="name"><span class="number">KR1</span> Cut false alarms</a>`,
    );
    expect(html).toContain(`<a href="${issue}#note_991">45\u202f% claimed</a>`);
    expect(html).toContain('62\u202f% expected');
  });

  test('what is unknown is said, never 0 %', () => {
    const silent = {
      ...record,
      progress: { claimed: null, milestones: null, expected: 62 },
      status: { claimed: null, week: null, noteId: null },
      updates: [],
      milestones: [],
    };
    const html = page([aSubject({ state: 'opened', record: silent })]);
    expect(html).toContain('claim not reported');
    expect(html).toContain('never reported');
    expect(html).not.toContain('>0\u202f%');
    const stale = { ...record, status: { claimed: 'at-risk' as const, week: '2026-11-02', noteId: 991 } };
    expect(page([aSubject({ state: 'opened', record: stale })])).toContain('not reported since the');
  });

  test('claims and evidence that disagree, side by side', () => {
    const [milestone] = record.milestones;
    const odd = {
      ...record,
      milestones: [{ ...milestone, state: 'open' as const, overdue: true, dueDate: '2026-11-01' }],
      progress: { claimed: 90, milestones: 0, expected: 20 },
    } as typeof record;
    const html = page([aSubject({ state: 'opened', record: odd })]);
    expect(html).toContain('Says on track, but one milestone is overdue.');
    expect(html).toContain('Says 90 %, but 0 % of its milestones are done.');
  });

  test('that it is incomplete, on every page', () => {
    const broken = reportOf([aSubject({ state: 'opened', record })], {
      incomplete: ['shard 2 of 3 is missing'],
    });
    for (const [name, html] of build(broken))
      if (name.endsWith('.html')) expect(html).toContain('<li>shard 2 of 3 is missing</li>');
    const failed = reportOf([], { failures: [{ source: 'sec/gone', message: 'not found' }] });
    expect(build(failed).get('current.svg')).toContain('Incomplete');
  });

  test('titles without a quarter, and what could not be read, in a section of their own', () => {
    const unread = aSubject({
      ref: 'a#9',
      title: 'Half read',
      status: 'error',
      error: 'GitLab did not answer.',
    });
    const html = page([aSubject({ state: 'opened', record: { ...record, quarter: null } }), unread]);
    expect(html).toContain('On no board');
    expect(html).toContain('Half read');
    expect(html).toContain('GitLab did not answer.');
  });

  test('a quarter that has ended is final: done, partly, missed, carried over', () => {
    const ended = (
      iid: number,
      state: 'opened' | 'closed',
      claimed: number | null,
      milestones: number | null,
    ) =>
      aSubject({
        ref: `a#${iid}`,
        iid,
        state,
        status: state === 'closed' ? 'closed' : 'clean',
        findings: [],
        record: {
          ...record,
          quarter: 'FY27-Q3',
          updates: [],
          progress: { claimed, milestones, expected: 100 },
        },
      });
    const report = reportOf([
      ended(1, 'closed', 100, 50),
      ended(2, 'closed', 40, 0),
      ended(3, 'closed', null, 0),
      ended(4, 'opened', 40, 50),
    ]);
    const data = JSON.parse(build(report).get('data.json') ?? '') as {
      quarters: { name: string; objectives: { krs: { outcome: string }[] }[] }[];
    };
    const board = data.quarters.find(({ name }) => name === 'FY27-Q3');
    expect(board?.objectives[0]?.krs.map(({ outcome }) => outcome)).toEqual([
      'done',
      'partly',
      'missed',
      'carried-over',
    ]);
    expect(build(report).get('fy27-q3/index.html')).toContain('the board is final');
  });

  test('current and previous turn by the fiscal calendar alone', () => {
    const on = (generatedAt: string) => {
      const files = build(reportOf([aSubject({ state: 'opened', record })], { generatedAt }));
      return [...(files.get('embed/current.html') ?? '').matchAll(/<title>([^<]*)/g)][0]?.[1];
    };
    expect(on('2027-01-31T23:00:00Z')).toBe('Key Results, FY27 Q4');
    expect(on('2027-02-01T00:30:00Z')).toBe('Key Results, FY28 Q1');
  });
});

describe('confidential KRs', () => {
  const secret = aSubject({
    ref: 'sec/secret#77',
    url: 'https://gitlab.example.com/sec/secret/-/issues/77',
    title: 'FY27 Q4 KR1 (Vendor) Handle the breach at our vendor',
    confidential: true,
    record: aRecord({ statement: 'Handle the breach at our vendor' }),
  });

  test('are counted and never named; public texts that name them are masked', () => {
    const open = aSubject({
      state: 'opened',
      record: aRecord({ statement: 'Follow up on sec/secret#77', okrUrl: secret.url }),
      findings: [aFinding({ message: 'See sec/secret#77, not sec/secret#778.' })],
    });
    const files = build(reportOf([open, secret]));
    expect(files.get('index.html')).toContain('1 confidential KR is counted here');
    expect(files.get('index.html')).toContain('Follow up on (confidential)');
    for (const content of files.values()) {
      expect(content).not.toMatch(/sec\/secret#77(?!\d)/);
      expect(content).not.toMatch(/breach|secret\/-\/issues/);
    }
  });

  test('a leak planted on purpose fails the build, and is not quoted', () => {
    const report = reportOf([secret]);
    for (const leak of [
      secret.title,
      'x sec/secret#77.',
      secret.url ?? '',
      'Handle the breach at our vendor',
    ]) {
      let failure: unknown = null;
      try {
        buildSite(report, `# HELP ${leak}\n# EOF\n`);
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(LeakError);
      expect(String(failure)).not.toContain('breach');
    }
  });
});

test('more than 300 rows: an index with roll-ups, a page for each objective', () => {
  const files = build(quarterReport(330));
  expect(files.get('index.html')).not.toContain('class="krs"');
  expect(files.get('index.html')).toContain('href="fy27-q4/objective-1.html"');
  expect(files.get('fy27-q4/objective-1.html')).toContain('class="krs"');
  const pages = [...files].filter(([name]) => name.startsWith('fy27-q4/'));
  for (const [, path = '', id = ''] of (files.get('index.html') ?? '').matchAll(
    /href="(fy27-q4\/[^"#]*)#([^"]*)"/g,
  ))
    expect(files.get(path)).toContain(` id="${id}"`);
  expect(pages.length).toBeGreaterThan(2);
});

test.each([
  ['javascript:alert(1)', null],
  ['JavaScript:alert(1)', null],
  [' \u0000javascript:alert(1)', null],
  ['data:text/html,<script>1</script>', null],
  ['vbscript:x', null],
  ['file:///etc/passwd', null],
  ['//evil.example/x', null],
  ['https://user:pass@gitlab.example.com/', null],
  ['https://gitlab.example.com/a b"c', 'https://gitlab.example.com/a%20b%22c'],
])('the address %j is %j', (url, safe) => {
  expect(safeUrl(url)).toBe(safe);
});

const noReminder = {
  createdAt: '',
  firstNudge: null,
  nudge: null,
  open: [],
  pings: [],
  snoozedUntil: null,
  seenOn: null,
  activeAt: null,
  knownBy: null,
};

test('hostile words are inert in pages, pictures and data', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const record = aRecord({
        statement: a,
        reference: b,
        objective: a,
        okrUrl: b,
        assignees: [a],
        dueDate: b,
        milestones: [
          { label: a, description: b, dueDate: a, dris: [b], state: 'open', overdue: true, doneOn: null },
        ],
        timeline: [{ on: '2026-11-20', what: 'milestone-done', detail: a, source: b, by: a }],
        answers: [{ command: 'snooze', by: a, until: b, because: a, noteId: 1, inForce: true }],
        nextPing: { on: a, whom: [b], because: a },
        createdAt: b,
        updates: [
          {
            kind: 'weekly-update',
            noteId: 1,
            url: b,
            author: a,
            createdAt: a,
            edited: false,
            week: b,
            status: 'on-track',
            percent: 5,
            findings: [],
          },
        ],
        status: { claimed: 'on-track', week: a, noteId: 1 },
      });
      const waived = { by: a, until: b, because: a, noteId: 2 };
      const report = reportOf(
        [
          aSubject({
            ref: a,
            url: b,
            title: a,
            state: 'opened',
            record,
            findings: [aFinding({ rule: a, message: b, since: a }), aFinding({ waived })],
            reminder: { ...noReminder, fixed: [{ rule: a, since: b, on: a }] },
          }),
          aSubject({ ref: b, title: b, error: a, status: 'error' }),
        ],
        {
          failures: [{ source: a, message: b }],
          incomplete: [b],
          setFindings: [{ rule: a, severity: 'error', message: b, refs: [a, b] }],
          pings: [{ ref: a, whom: [b], on: a, because: b, outcome: 'waiting' }],
        },
      );
      for (const [name, content] of build(report)) {
        if (name.endsWith('.html')) expect(strangersIn(content)).toEqual([]);
        if (name.endsWith('.svg'))
          expect(content).not.toMatch(/<(?!\/?(?:svg|title|style|rect|text)\b)|[\p{Surrogate}]/u);
        if (name === 'data.json') expect(() => JSON.parse(content) as unknown).not.toThrow();
      }
    }),
    { numRuns: Number(process.env['HOSTILE'] ?? runs(40)) },
  );
});

const ours = new Set(
  `html head meta title link script body aside p b ul li a header h1 h2 h3 nav time span main section svg rect line path g text
  div details summary table caption thead tbody tr th td ol code footer base`.split(/\s+/),
);

/** Tags and attributes in a page that our pages do not have, and links to elsewhere than http(s). */
function strangersIn(html: string): string[] {
  const found: string[] = [];
  for (const [tag, name = '', attributes = ''] of html.matchAll(
    /<(\/?[a-z!][^\s/>]*)((?:[^>"]|"[^"]*")*)>/gi,
  )) {
    const bare = name.replace(/^\//, '').toLowerCase();
    if (bare !== '!doctype' && !ours.has(bare)) found.push(tag);
    for (const [, key = '', value = ''] of attributes.matchAll(/\s([a-z-]+)="([^"]*)"/gi)) {
      if (/^on|^style$/i.test(key)) found.push(`${key}=${value}`);
      if (/^(?:href|src)$/i.test(key) && /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^https?:\/\//i.test(value))
        found.push(value);
    }
  }
  if ((html.match(/<script/g) ?? []).length > 1) found.push('a second script');
  return found;
}
