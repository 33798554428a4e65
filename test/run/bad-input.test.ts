import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SubjectReport } from '../../src/model/report.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type CliResult, cli } from '../helpers/capture-io.ts';
import {
  botNotes,
  botToken,
  brokenKr,
  now,
  perfectKr,
  projectId,
  readToken,
  startWorld,
  worldSeed,
} from '../helpers/world.ts';

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

interface Given {
  token?: string;
  url?: string;
  level?: string;
}

/** `kr-hygiene run …` as a job would start it; whatever it says, it must not say the token. */
async function runCli(args: readonly string[], given: Given = {}): Promise<CliResult> {
  const token = given.token ?? botToken;
  const rules = args.includes('--rules') ? [] : ['--rules', 'test/fixtures/rules-unbounded'];
  const result = await cli(['run', '--now', now, ...rules, ...args], {
    env: {
      KR_HYGIENE_TOKEN: token,
      CI_SERVER_URL: given.url ?? sandbox?.url,
      LOG_LEVEL: given.level ?? 'trace',
    },
  });
  expect(result.stdout + result.stderr).not.toContain(token);
  return result;
}

const writes = (): number => sandbox?.countWrites() ?? -1;

describe('credentials', () => {
  test('a wrong token: exit 2, nothing changed', async () => {
    sandbox = await startWorld([brokenKr]);
    for (const apply of [[], ['--apply']]) {
      const { code, stdout, stderr } = await runCli(['--project', 'sec/okrs', ...apply], {
        token: 'wrong-token-0123456789',
      });
      expect(stderr).toMatch(/token/i);
      expect(stderr).toContain('KR_HYGIENE_TOKEN');
      expect(stdout).toBe('');
      expect(code).toBe(2);
    }
    expect(writes()).toBe(0);
  });

  test('no token, or one with a blank in it: exit 2, no request', async () => {
    sandbox = await startWorld([brokenKr]);
    for (const token of ['', 'in two parts']) {
      const { code, stderr } = await cli(['run', '--project', 'sec/okrs'], {
        env: { KR_HYGIENE_TOKEN: token, CI_SERVER_URL: sandbox.url },
      });
      expect(stderr).toMatch(/token/i);
      expect(code).toBe(2);
    }
    expect(sandbox.requests).toHaveLength(0);
  });

  test('a token that may only read, with --apply: exit 2 before anything is written or even listed', async () => {
    sandbox = await startWorld([brokenKr]);
    const { code, stderr } = await runCli(['--project', 'sec/okrs', '--apply'], { token: readToken });
    expect(stderr).toContain('"api"');
    expect(stderr).toContain('without --apply');
    expect(code).toBe(2);
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v4/personal_access_tokens/self',
    ]);
    expect((await runCli(['--project', 'sec/okrs'], { token: readToken })).code).toBe(0);
  });

  test('a token revoked in the middle: what was done is reported, the rest is named, exit 3', async () => {
    sandbox = await startWorld(Array.from({ length: 60 }, () => brokenKr));
    let posts = 0;
    sandbox.setFaults(({ method }) => {
      posts += method === 'POST' ? 1 : 0;
      return posts === 4 ? { kind: 'revoke-token' } : null;
    });
    const { code, stdout, stderr } = await runCli(['--project', 'sec/okrs', '--apply', '--format', 'json']);
    expect(stderr).toMatch(/token/i);
    expect(code).toBe(3);
    expect(sandbox.requests.filter(({ status }) => status === 401).length).toBeLessThan(30);

    const { subjects } = JSON.parse(stdout) as { subjects: Omit<SubjectReport, 'comment'>[] };
    const stored = Array.from({ length: 60 }, (_, index) => index + 1).filter(
      (iid) => botNotes(sandbox as Sandbox, iid).length > 0,
    );
    const reported = subjects
      .filter(({ actions }) =>
        actions.some((done) => done.type === 'create-note' && done.outcome === 'applied'),
      )
      .map(({ iid }) => iid);
    expect(stored).toHaveLength(3);
    expect(reported).toEqual(stored);
    expect(subjects.filter(({ status }) => status === 'error').map(({ error }) => error)).not.toContain(null);
  });
});

describe('addresses and projects', () => {
  test('an unknown project is named, the others are done: exit 3', async () => {
    sandbox = await startWorld([brokenKr]);
    const { code, stdout, stderr } = await runCli([
      '--project',
      'sec/nowhere',
      '--project',
      'sec/okrs',
      '--apply',
    ]);
    expect(stderr).toContain('sec/nowhere');
    expect(stderr).toMatch(/not found/i);
    expect(stdout).toContain('sec/okrs#1');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
    expect(code).toBe(3);
  });

  test('a host where no one listens: said at once, exit 3', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const { code, stderr } = await runCli(['--project', 'sec/okrs'], { url: `http://127.0.0.1:${port}` });
    expect(stderr).toContain(`http://127.0.0.1:${port}`);
    expect(stderr).toContain('CI_SERVER_URL');
    expect(code).toBe(3);
  }, 60_000);

  test('a server that is no GitLab is told apart', async () => {
    sandbox = await startWorld([brokenKr]);
    const { code, stderr } = await runCli(['--project', 'sec/okrs'], { url: `${sandbox.url}/elsewhere` });
    expect(stderr).toMatch(/address|not found/i);
    expect(code).not.toBe(0);
  });

  test('issues switched off, and an archived project: each its own sentence, the others are done, exit 3', async () => {
    const seed = worldSeed([brokenKr]);
    sandbox = await startSandbox({
      clock: () => new Date(now),
      seed: {
        ...seed,
        projects: [
          ...(seed.projects ?? []),
          { id: 2, path: 'sec/silent', issuesEnabled: false },
          { id: 3, path: 'sec/old', archived: true, issues: [brokenKr] },
        ],
      },
    });
    const projects = ['sec/silent', 'sec/old', 'sec/okrs'].flatMap((name) => ['--project', name]);
    const { code, stdout, stderr } = await runCli([...projects, '--apply']);
    expect(stderr).toMatch(/switched off in sec\/silent/);
    expect(stderr).toMatch(/sec\/old is archived/);
    expect(stdout).toContain('sec/okrs#1');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
    expect(code).toBe(3);
  });
});

describe('issues', () => {
  test('a null description is a description with everything missing', async () => {
    sandbox = await startWorld([{ ...brokenKr, description: null }]);
    const { code, stdout } = await runCli(['--project', 'sec/okrs', '--apply']);
    expect(stdout).toContain('require-objective');
    expect(botNotes(sandbox, 1)).toHaveLength(1);
    expect(code).toBe(0);
  });

  test.each([
    ['letters', 'x'.repeat(1_000_000)],
    [
      'milestones',
      // Without mentions: telling whom they would reach takes the sandbox long, and is not the point.
      `## Milestones\n${'- [ ] Milestone: Due Date: TBD DRI: somebody\n'.repeat(22_000)}`,
    ],
    ['brackets', '['.repeat(1_000_000)],
    ['quotes', '> '.repeat(500_000)],
  ])(
    'a description of 1 MB of %s does not stop the others',
    async (_name, description) => {
      sandbox = await startWorld([{ ...brokenKr, description }, brokenKr]);
      const { code, stdout } = await runCli(['--project', 'sec/okrs', '--apply'], { level: 'info' });
      expect(stdout).toContain('sec/okrs#1');
      expect(stdout).toContain('sec/okrs#2');
      expect(botNotes(sandbox, 1)).toHaveLength(1);
      expect(botNotes(sandbox, 2)).toHaveLength(1);
      expect(botNotes(sandbox, 1)[0]?.body.length).toBeLessThan(100_000);
      expect(code).toBe(0);
      const before = writes();
      await runCli(['--project', 'sec/okrs', '--apply'], { level: 'info' });
      expect(writes()).toBe(before);
    },
    60_000,
  );

  test('findings are reported even where the comments cannot be read', async () => {
    sandbox = await startWorld([{ ...brokenKr, notes: [{ author: 'ann', body: 'On it.' }] }, brokenKr]);
    sandbox.setFaults(({ method, path: asked }) =>
      method === 'GET' && asked.endsWith('/issues/1/notes') ? { kind: 'status', status: 403 } : null,
    );
    const { code, stdout } = await runCli(['--project', 'sec/okrs', '--format', 'json']);
    const { subjects } = JSON.parse(stdout) as { subjects: Omit<SubjectReport, 'comment'>[] };
    expect(subjects.map(({ status }) => status)).toEqual(['error', 'findings']);
    const rules = subjects.map(({ findings }) => findings.map(({ rule }) => rule));
    expect(rules[0]).toEqual(rules[1]);
    expect(rules[0]).toContain('require-okr-link');
    expect(code).toBe(3);
  });

  test('one issue that fails is named and does not stop the others', async () => {
    sandbox = await startWorld([brokenKr, brokenKr, brokenKr]);
    sandbox.setFaults(({ method, path: asked }) =>
      method === 'POST' && asked.includes('/issues/2/') ? { kind: 'status', status: 403 } : null,
    );
    const { code, stdout, stderr } = await runCli(['--project', 'sec/okrs', '--apply']);
    expect(stderr + stdout).toContain('sec/okrs#2');
    expect(stderr).toMatch(/may not|forbid|403/i);
    expect([1, 2, 3].map((iid) => botNotes(sandbox as Sandbox, iid).length)).toEqual([1, 0, 1]);
    expect(sandbox.state.labels(projectId, 2)).not.toContain('kr-hygiene::ok');
    expect(code).toBe(3);
  });

  test('a list that breaks off is an error, never a shorter list', async () => {
    sandbox = await startWorld(Array.from({ length: 250 }, () => perfectKr));
    let pages = 0;
    sandbox.setFaults(({ path: asked }) => {
      pages += asked.endsWith('/projects/1/issues') ? 1 : 0;
      return pages === 3 ? { kind: 'status', status: 403 } : null;
    });
    const { code, stderr } = await runCli(['--project', 'sec/okrs'], { level: 'info' });
    expect(stderr).toContain('page 3');
    expect(code).toBe(3);
  });
});

test('a rule folder with errors: each with file, line and column, exit 2, no request', async () => {
  sandbox = await startWorld([brokenKr]);
  const folder = await mkdtemp(path.join(tmpdir(), 'rules-'));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'policy.yml'),
      'extends: handbook\nselect:\n  lables: [KR]\n  state: open\n',
    );
    await writeFile(
      path.join(folder, 'kr.yml'),
      'rules:\n  require-okr-lnik: error\n  require-objective: loud\n',
    );
    const { code, stdout, stderr } = await runCli(['--project', 'sec/okrs', '--apply', '--rules', folder]);
    for (const place of ['policy.yml:3:3', 'policy.yml:4:10', 'kr.yml:2:3', 'kr.yml:3:22']) {
      expect(stderr).toContain(place);
    }
    expect(stderr).toContain('require-okr-link');
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(sandbox.requests).toHaveLength(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each([
  [['--project', ''], /--project/],
  [['--project', 'a b'], /--project/],
  [['--nonsense'], /nonsense/],
  [['--project', 'sec/okrs', '--fail-on', 'loud'], /fail-on/],
  [['--project', 'sec/okrs', '--rules', 'no/such/folder'], /no\/such\/folder/],
  [['--project', 'sec/okrs', '--now', 'tomorrow'], /--now/],
  [['--project', 'sec/okrs', '--gitlab-url', 'ftp://x'], /--gitlab-url/],
  [['--issue', 'whatever'], /whatever/],
  [[], /--project/],
])('wrong usage %j: exit 2, no request', async (args, words) => {
  sandbox = await startWorld([brokenKr]);
  const { code, stdout, stderr } = await cli(['run', ...args], {
    env: { KR_HYGIENE_TOKEN: botToken, CI_SERVER_URL: sandbox.url },
  });
  expect(stderr).toMatch(words);
  expect(stderr + stdout).not.toContain(botToken);
  expect(code).toBe(2);
  expect(sandbox.requests).toHaveLength(0);
});
