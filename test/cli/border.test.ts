import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sendsInTheClear } from '../../src/cli/environment.ts';
import { readLines, readStream, safeIo, wantsColor } from '../../src/cli/io.ts';
import { withoutToken } from '../../src/model/secret.ts';
import { quoted, steerless, visible } from '../../src/text/visible.ts';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc, runs } from '../helpers/random.ts';

/** What none of our output may hold: it would move a cursor, fold a job log, turn words around. */
const steers = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const planted = '\u001b[32m✓ forged\r\u001b[0K\u009b31m\u202eEVIL\u2066\u2028section_start:1:x\u0007';
const forged = `plain\n✓ forged line\n${planted}`;

describe('text for people', () => {
  test('everything that steers is shown; joiners, emoji and foreign scripts are left', () => {
    expect(visible('a\u001b[1m\n\u202e\u{e0041}')).toBe('a\\u001b[1m\\u000a\\u202e\\udb40\\udc41');
    expect(visible('👩‍🚀 می‌خواهم 日本')).toBe('👩‍🚀 می‌خواهم 日本');
    expect(quoted('x'.repeat(2_000_000)).length).toBeLessThan(400);
  });

  test('only our own colours pass, and only where colours are wanted', () => {
    const painted = '\u001b[32m✓\u001b[39m \u001b[2K\u001b[8mhidden\u001b[38;5;1m';
    expect(steerless(painted, { color: true })).toBe(
      '\u001b[32m✓\u001b[39m \\u001b[2K\\u001b[8mhidden\\u001b[38;5;1m',
    );
    expect(steerless(painted, { color: false })).not.toContain('\u001b');
  });

  test('JSON stays the same JSON', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(true, false), (json, color) => {
        const safe = steerless(json, { color });
        expect(safe).not.toMatch(steers);
        expect(JSON.parse(safe)).toEqual(JSON.parse(json));
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('tokens', () => {
  const said: string[] = [];
  const io = safeIo(
    {
      stdout: (text) => void said.push(text),
      stderr: (text) => void said.push(text),
      stdin: () => Promise.resolve(''),
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      color: false,
      columns: 80,
    },
    ['glpat-aB3/x+y="z&9'],
  );
  const token = 'glpat-aB3/x+y="z&9';
  test.each([
    ['as it is', token],
    ['in capitals', token.toUpperCase()],
    ['in an address', encodeURIComponent(token)],
    ['in an address, in lower case', encodeURIComponent(token).toLowerCase()],
    ['in JSON', JSON.stringify(token)],
    ['in JSON in JSON', JSON.stringify({ a: token })],
    ['in HTML', 'glpat-aB3/x+y=&quot;z&amp;9'],
    ['in base64', Buffer.from(token).toString('base64')],
    ['in base64url', Buffer.from(token).toString('base64url')],
    ['in hexadecimal digits', Buffer.from(token).toString('hex')],
    ['in basic authentication', Buffer.from(`oauth2:${token}`).toString('base64')],
    ['in basic authentication, shifted', Buffer.from(`u:${token}:more`).toString('base64')],
    ['in basic authentication, shifted again', Buffer.from(`ab:${token}`).toString('base64url')],
  ])('%s: cut out of everything that is printed or written', (_, form) => {
    said.length = 0;
    io.stdout(`before ${form} after`);
    io.stderr(`before ${form} after`);
    said.push(io.safe(`before ${form} after`));
    for (const text of said) {
      expect(text).toContain('(token)');
      expect(text.length).toBeLessThan(form.length + 14);
    }
  });

  test('whatever is around it in base64', () => {
    const tokens = fc.stringMatching(/^glpat-[\w-]{20}$/);
    fc.assert(
      fc.property(tokens, fc.string(), fc.string(), (secret, before, after) => {
        for (const alphabet of ['base64', 'base64url'] as const) {
          const safe = withoutToken(Buffer.from(before + secret + after).toString(alphabet), secret);
          expect(safe).toContain('(token)');
        }
      }),
      { numRuns: runs(100) },
    );
  });

  test.each([
    ['run', '--project', token],
    ['run', '--group', `my group ${token}`],
    ['run', '--issue', token],
    ['explain', token],
    ['lint', token],
    ['diff', '--against', token],
    [token],
    ['rules', 'check', token],
    ['run', `--${token}`],
  ])('a mistyped %s %s does not show it', async (...args) => {
    for (const env of [
      { KR_HYGIENE_TOKEN: token, CI_SERVER_URL: 'https://gitlab.com' },
      { KR_HYGIENE_TOKEN: 'glpat-another-one', GITLAB_TOKEN: token, CI_SERVER_URL: 'https://gitlab.com' },
    ]) {
      const { code, stdout, stderr } = await cli(args, { env });
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(token);
      expect(stderr).toContain('(token)');
    }
  });
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ CI: 'true' }, false, false],
  [{ CI: 'true', GITLAB_CI: 'true' }, true, true],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '0' }, false, false],
  [{ FORCE_COLOR: 'false' }, true, false],
  [{ FORCE_COLOR: '' }, false, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: 'true' }, false, true],
  [{ FORCE_COLOR: '3', NO_COLOR: '1' }, true, false],
  [{ TERM: 'dumb' }, true, false],
  [{ TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
])('colours with %j, terminal: %j', (env, terminal, wanted) => {
  expect(wantsColor(env, terminal)).toBe(wanted);
});

test.each([
  ['http://gitlab.example.com', true],
  ['http://10.0.0.7:8080/gitlab', true],
  ['http://127.0.0.1.example.com', true],
  ['https://gitlab.example.com', false],
  ['http://localhost:3000', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
])('%s: everybody on the way can read the token: %j', (url, clear) => {
  expect(sendsInTheClear(url)).toBe(clear);
});

test('a token that goes over plain http is warned of', async () => {
  const args = ['run', '--project', 'a/b', '--gitlab-url'];
  const env = { KR_HYGIENE_TOKEN: 'glpat-0123456789' };
  const { stderr } = await cli([...args, 'http://gitlab.invalid'], { env });
  expect(stderr).toContain('over plain http');
  const local = await cli([...args, 'http://127.0.0.1:1'], { env });
  expect(local.stderr).not.toContain('over plain http');
});

describe('through the command line', () => {
  test.each([true, false])('names of examples forge nothing in rules test (colour: %j)', (color) =>
    withFolder({ 'policy.yml': 'extends: handbook\n' }, async (dir) => {
      const example = {
        name: forged,
        markdown: `## Objective:\n${planted}`,
        findings: [{ rule: 'require-objective', message: forged }],
      };
      await writeFile(path.join(dir, 'kr.yml'), `examples: ${JSON.stringify([example])}\n`);
      const { stdout } = await cli(['rules', 'test', '--rules', dir], { color });
      expect(stdout.replace(colours, '')).not.toMatch(steers);
      expect(
        stdout.split('\n').filter((line) => line.startsWith('✓') || line.startsWith('\u001b[32m✓')),
      ).toEqual([]);
    }),
  );

  test.each(['stylish', 'json', 'codequality'])(
    'names of files and words in them forge nothing in lint --format %s',
    (format) =>
      withFolder({}, async (dir) => {
        const folder = path.join(dir, 'a\n✓ forged\u001b[0K\u009b\u202e');
        await mkdir(folder);
        const good = path.join(folder, 'kr.md');
        await writeFile(good, `---\ntitle: ${JSON.stringify(planted)}\n---\n## Objective:\n${planted}\n`);
        const bad = path.join(folder, 'bad.md');
        await writeFile(bad, '---\ntitle: [\n---\n');
        const { stdout, stderr } = await cli([
          'lint',
          '--format',
          format,
          good,
          bad,
          path.join(folder, 'none.md'),
        ]);
        expect(stdout + stderr).not.toMatch(steers);
        expect((stdout + stderr).split('\n').filter((line) => line.startsWith('✓ forged'))).toEqual([]);
        if (format !== 'stylish') expect(() => JSON.parse(stdout)).not.toThrow();
      }),
  );

  test('parse prints the words as they are, with nothing that steers', async () => {
    const { stdout } = await cli(['parse', '--title', planted, '-'], {
      stdin: `## Objective:\nGood words ${planted}\n`,
    });
    expect(stdout).not.toMatch(steers);
    expect(JSON.parse(stdout)).toMatchObject({ title: { raw: planted } });
  });

  test.each([
    ['run', '--fail-on', forged],
    ['run', `--${forged}`],
    [forged],
    ['run', '--now', forged],
    ['run', '--project', forged],
    ['explain', forged],
    ['rules', 'check', forged],
    ['rules', 'schema', forged],
    ['diff', '--against', forged],
    ['lint', '--rules', forged, '-'],
  ])('%s: what is quoted of the command line forges no line', async (...args) => {
    const { code, stdout, stderr } = await cli(args, { env: { KR_HYGIENE_TOKEN: 'glpat-0123456789' } });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toMatch(steers);
    expect(stderr.split('\n').filter((line) => line.startsWith('✓ forged'))).toEqual([]);
  });

  test.each([
    { LOG_LEVEL: forged },
    { CI_SERVER_URL: forged },
    { CI_PROJECT_ID: forged, KR_HYGIENE_TOKEN: 'glpat-0123456789' },
  ])('%j: what is quoted of the environment forges no line', async (env) => {
    const { code, stderr } = await cli(['run'], { env });
    expect(code).toBe(2);
    expect(stderr).not.toMatch(steers);
    expect(stderr.split('\n').filter((line) => line.startsWith('✓ forged'))).toEqual([]);
  });
});

async function* chunks(all: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const one of all) yield await Promise.resolve(one);
}

test('standard input without an end is stopped at the bound, with a sentence', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      given += 1;
      yield await Promise.resolve(Buffer.alloc(1024 * 1024, 'x'));
    }
  }
  await expect(readStream(endless(), 16 * 1024 * 1024)).rejects.toThrow(
    'Standard input is larger than 16 MiB, the most that is read. Give it in parts.',
  );
  expect(given).toBe(17);
  expect(await readStream(chunks([Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)]), 2)).toBe(
    'é',
  );
});

test('lines of standard input are cut at line ends alone, wherever its pieces are cut', async () => {
  const text = '{"a":"é\u2028b"}\r\n\n{"c":1}\rd\nlast';
  const wanted = ['{"a":"é\u2028b"}', '', '{"c":1}\rd', 'last'];
  for (const size of [1, 2, 7, 1000]) {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const lines: string[] = [];
    for await (const line of readLines(chunks(pieces), 20)) lines.push(line);
    expect(lines).toEqual(wanted);
  }
  await expect(readLines(chunks([Buffer.from('x'.repeat(21))]), 20).next()).rejects.toThrow(
    'A line of standard input is larger than 1 KiB, the most that is read.',
  );
});

test.each([[['lint']], [['parse']], [['lint', '--kind', 'plan', '--online']], [['plans', 'list']]])(
  'a name that no file can have is refused in words: %j',
  async (command) => {
    for (const name of ['x'.repeat(5_000), `${'y'.repeat(300)}/z`, 'a\u0000b']) {
      const { code, stderr } = await cli([...command, name]);
      expect(code).toBe(2);
      expect(stderr).not.toContain('error of its own');
    }
  },
);
