import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/sandbox/faults/script.ts';
import {
  benchOn,
  closeAll,
  failureOf,
  manyIssues,
  READ_TOKEN,
  readIssues,
  sandboxWith,
  seedOf,
  stub,
  wire,
} from './helpers/instance.ts';

afterEach(closeAll);

const issues = manyIssues(2);

describe('every refusal of GitLab becomes a sentence that says what to do', () => {
  test('a token that is not valid ends the run', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, { token: 'glpat-unknown' });
    const error = await failureOf(gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'unauthorized', status: 401, fatal: true, outcome: 'not-done' });
    expect(error.message).toBe(
      'GitLab does not accept the token: it is not valid here (401). Create a new token with the scope "api" (or "read_api" for dry runs) and put it in KR_HYGIENE_TOKEN.',
    );
    expect(gateway.counts()).toEqual({ total: 1, retried: 0, throttled: 0 });
  });

  test('a token revoked in the middle of the run', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    await gateway.reader.currentUser();
    sandbox.setFaults([{ fault: { kind: 'revoke-token' } }]);
    const error = await failureOf(gateway.writer.createNote(7, 1, 'hello'));
    expect(error).toMatchObject({ code: 'unauthorized', fatal: true, outcome: 'not-done' });
    expect(error.message).toMatch(/^GitLab does not accept the token: it has been revoked \(401\)\./);
  });

  test('an expired token', async () => {
    const seed = seedOf(issues);
    const sandbox = await sandboxWith({
      seed: { ...seed, tokens: [{ value: 'glpat-old', user: 'kr-bot', expiresAt: '2020-01-01' }] },
    });
    const error = await failureOf(benchOn(sandbox.url, { token: 'glpat-old' }).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'unauthorized', fatal: true });
    expect(error.message).toMatch(/^GitLab does not accept the token: it has expired \(401\)\./);
  });

  test('a token without the scope to write ends the run', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url, { token: READ_TOKEN });
    const error = await failureOf(gateway.writer.createNote(7, 1, 'hello'));
    expect(error).toMatchObject({ code: 'insufficient-scope', status: 403, fatal: true });
    expect(error.message).toBe(
      'The token lacks the scope needed to create a comment on issue #1 of project 7. Create one with the scope "api" and put it in KR_HYGIENE_TOKEN.',
    );
  });

  test('403 in an archived project', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues, { archived: true }) });
    const error = await failureOf(benchOn(sandbox.url).gateway.writer.createNote(7, 1, 'hello'));
    expect(error).toMatchObject({ code: 'archived', status: 403, fatal: false, outcome: 'not-done' });
    expect(error.message).toBe(
      'sec/okrs is archived, and everything in it is read-only, so we could not create a comment on issue #1. Take it out of the sources, or unarchive it.',
    );
  });

  test('403 where issues are switched off', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues, { issuesEnabled: false }) });
    const { error } = await readIssues(benchOn(sandbox.url));
    expect(error).toMatchObject({ code: 'issues-disabled', status: 403, fatal: false });
    expect(error?.message).toBe(
      'Issues are switched off in sec/okrs, so we could not read the issues of project 7. Switch them on in its settings (General, Visibility), or take it out of the sources.',
    );
  });

  test('403 for want of a licence', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.put('/api/v4/projects/7/issues/1', (c) =>
        c.json({ message: 'Blocked issues not available for current license' }, 403),
      );
      app.get('/api/v4/projects/7/labels', (c) => c.json([]));
    });
    const error = await failureOf(benchOn(url).gateway.writer.changeLabels(7, 1, { add: ['x'], remove: [] }));
    expect(error).toMatchObject({ code: 'forbidden', status: 403, fatal: false });
    expect(error.message).toBe(
      'The licence of this GitLab does not allow us to change issue #1 of project 7 (403). That depends on the paid tier, not on the token.',
    );
  });

  test('a plain 403 asks for the role', async () => {
    const seed = seedOf(issues);
    const sandbox = await sandboxWith({
      seed: { ...seed, groups: [{ path: 'sec', members: { ann: 'owner', 'kr-bot': 'guest' } }] },
    });
    const error = await failureOf(
      benchOn(sandbox.url).gateway.writer.changeLabels(7, 1, { add: ['KR'], remove: [] }),
    );
    expect(error).toMatchObject({ code: 'forbidden', status: 403, fatal: false });
    expect(error.message).toBe(
      "The token's user may not change issue #1 of project 7 (403). Give the bot at least the Planner role there (Reporter before GitLab 17.7).",
    );
  });

  test.each([
    [
      '403 Forbidden - You must accept the Terms of Service.',
      { code: 'forbidden', fatal: false },
      'The token\'s user may not read the token\'s own user (403). GitLab says: "403 Forbidden - You must accept the Terms of Service". Give the bot at least the Planner role there (Reporter before GitLab 17.7).',
    ],
    [
      '403 Forbidden - Your account has been blocked.',
      { code: 'unauthorized', fatal: true },
      'The account of the token\'s user is blocked (403): GitLab says "403 Forbidden - Your account has been blocked". An administrator can unblock it; else put the token of another user in KR_HYGIENE_TOKEN, and the old user name under former-bots in policy.yml.',
    ],
  ])('a 403 for another reason is told in the words of GitLab: %s', async (message, shape, sentence) => {
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => c.json({ message }, 403));
    });
    const error = await failureOf(benchOn(url).gateway.reader.currentUser());
    expect(error).toMatchObject({ ...shape, status: 403 });
    expect(error.message).toBe(sentence);
  });

  test('408 from a proxy leaves the outcome of a POST open', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.post('/api/v4/projects/7/issues/1/notes', (c) => c.text('Request Timeout', 408));
    });
    const error = await failureOf(benchOn(url).gateway.writer.createNote(7, 1, 'x'));
    expect(error).toMatchObject({ code: 'server', status: 408, outcome: 'unknown' });
    expect(seen.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('404 is never read as "deleted"', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    const project = await failureOf(gateway.reader.project('sec/nowhere'));
    expect(project).toMatchObject({ code: 'not-found', status: 404, fatal: false });
    expect(project.message).toBe(
      'GitLab answers "not found" (to read project sec/nowhere): it does not exist, or the token\'s user may not see it; GitLab does not tell which. Check the spelling, and that the bot is a member with at least the Planner role.',
    );
    const issue = await failureOf(gateway.reader.issue(7, 99));
    expect(issue.message).toMatch(/^GitLab answers "not found" \(to read issue #99 of project 7\)/);
    expect(`${project.message} ${issue.message}`).not.toMatch(/deleted/);
    for (const id of ['', '.', '..', ' ']) {
      expect((await failureOf(gateway.reader.project(id))).message).toMatch(/names no project or group/);
    }
  });

  test('404 where every GitLab has something is a wrong address', async () => {
    const { url } = await stub((app) => app.all('*', (c) => c.html('<h1>404</h1>', 404)));
    const error = await failureOf(benchOn(`${url}/wiki`).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'not-found', status: 404 });
    expect(error.message).toBe(
      "The server knows no such part of the API (404, to read the token's own user). Check that the address (CI_SERVER_URL or --gitlab-url) is GitLab's own, with its path if it has one; GitLab before 16 is not supported.",
    );
  });

  test('an address with a path, and with /api/v4 at its end', async () => {
    const { url, seen } = await stub((app) => app.get('/git/api/v4/user', (c) => c.json(wire.user)));
    await benchOn(`${url}/git/`).gateway.reader.currentUser();
    await benchOn(`${url.replace('//', '//someone:secret@')}/git/api/v4/`).gateway.reader.currentUser();
    expect(seen).toEqual(['GET /git/api/v4/user', 'GET /git/api/v4/user']);
  });

  test('409, a lock, is tried again until it opens', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ match: { method: ['PUT', 'POST'], times: 2 }, fault: { kind: 'status', status: 409 } }],
    });
    const bench = benchOn(sandbox.url);
    const issue = await bench.gateway.writer.changeLabels(7, 1, { add: ['KR'], remove: [] });
    expect(issue.labels).toEqual(['KR']);
    expect(bench.gateway.counts().retried).toBe(2);
    sandbox.setFaults([{ match: { method: 'POST', times: 1 }, fault: { kind: 'status', status: 409 } }]);
    await bench.gateway.writer.createNote(7, 1, 'hello');
    expect(sandbox.state.notes(7, 1).filter((note) => !note.system)).toHaveLength(1);
  });

  test('409 that stays', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ match: { method: 'PUT' }, fault: { kind: 'status', status: 409 } }],
    });
    const { gateway } = benchOn(sandbox.url);
    const error = await failureOf(gateway.writer.changeLabels(7, 1, { add: ['KR'], remove: [] }));
    expect(error).toMatchObject({ code: 'conflict', status: 409 });
    expect(error.message).toBe(
      'Something else was changing issue #1 of project 7 at the same moment (409). The next run tries again. We tried 9 times.',
    );
  });

  test('422, spam', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues, { visibility: 'public' }),
      settings: { spamWords: ['casino'] },
    });
    const error = await failureOf(benchOn(sandbox.url).gateway.writer.createNote(7, 1, 'casino'));
    expect(error).toMatchObject({ code: 'spam', status: 422, outcome: 'not-done' });
    expect(error.message).toBe(
      "GitLab took our text for spam (to create a comment on issue #1 of project 7) and did not store it. Ask an administrator to mark the bot's user as trusted.",
    );
  });

  test('spam in the shape of a captcha', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.post('/api/v4/projects/7/issues/1/notes', (c) =>
        c.json({ needs_captcha_response: true, spam_log_id: 3, captcha_site_key: 'k' }, 409),
      );
    });
    expect(await failureOf(benchOn(url).gateway.writer.createNote(7, 1, 'x'))).toMatchObject({
      code: 'spam',
    });
  });

  test('413 and 414', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      settings: { maxBodyBytes: 100, maxUrlLength: 400 },
    });
    const bench = benchOn(sandbox.url);
    const body = await failureOf(bench.gateway.writer.createNote(7, 1, 'x'.repeat(200)));
    expect(body).toMatchObject({ code: 'too-large', status: 413, outcome: 'not-done' });
    expect(body.message).toBe(
      'The request to create a comment on issue #1 of project 7 was too large for the server (413). Ask the administrators about the size limit of the server or of a proxy before it.',
    );
    const { error } = await readIssues(
      bench,
      { project: 7 },
      {
        state: 'opened',
        issueType: 'issue',
        labels: ['x'.repeat(400)],
      },
    );
    expect(error).toMatchObject({ code: 'too-large', status: 414 });
    expect(error?.message).toBe(
      'The request to read the issues of project 7 was too large for the server (414). Use fewer or shorter labels in the policy.',
    );
  });

  test('429 that stays', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ fault: { kind: 'status', status: 429 } }],
    });
    const error = await failureOf(benchOn(sandbox.url).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'rate-limited', status: 429, outcome: 'not-done' });
    expect(error.message).toBe(
      "GitLab says we ask too often (429, to read the token's own user). Lower the rate in the policy, or ask whether other jobs use the same token. We tried 9 times.",
    );
  });

  test('400 says what GitLab says', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues', (c) =>
        c.json({ error: 'state does not have a valid value' }, 400),
      );
    });
    const { error } = await readIssues(benchOn(url));
    expect(error).toMatchObject({ code: 'rejected', status: 400 });
    expect(error?.message).toBe(
      'GitLab refused to read the issues of project 7 (400). It says: "state does not have a valid value". Check the filters in the policy.',
    );
  });

  test('a message that is an object', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.get('/api/v4/projects/7/labels', (c) => c.json([]));
      app.put('/api/v4/projects/7/issues/1', (c) =>
        c.json({ message: { title: ["can't be blank", 'is\n\u0007odd'], base: ['no'] } }, 400),
      );
    });
    const error = await failureOf(benchOn(url).gateway.writer.changeLabels(7, 1, { add: ['x'], remove: [] }));
    expect(error.message).toBe(
      'GitLab refused to change issue #1 of project 7 (400). It says: "title: can\'t be blank; title: is odd; base: no".',
    );
  });
});

describe('an outage', () => {
  const statuses = [500, 502, 503, 504] as const;
  test.each(statuses)('%i to a GET that stays', async (status) => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      faults: [{ fault: { kind: 'status', status } }],
    });
    const { gateway } = benchOn(sandbox.url);
    const error = await failureOf(gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'server', status, outcome: 'not-done' });
    expect(error.message).toBe(
      `GitLab answered with an error of its own, ${status} (to read the token's own user). The next run tries again; if it stays, ask the administrators of your GitLab. We tried 9 times.`,
    );
  });

  const silences: [Fault, string, string][] = [
    [
      { kind: 'reset' },
      'unreachable',
      'The connection to GitLab broke off in the middle (to read issue #1 of project 7). The next run tries again. We tried 9 times.',
    ],
    [
      { kind: 'hang' },
      'timeout',
      'GitLab did not answer in time (to read issue #1 of project 7). It may be overloaded; the next run tries again. We tried 9 times.',
    ],
    [
      { kind: 'drip', ms: 2_000 },
      'timeout',
      'GitLab did not answer in time (to read issue #1 of project 7). It may be overloaded; the next run tries again. We tried 9 times.',
    ],
    [
      { kind: 'cut' },
      'unreachable',
      'The connection to GitLab broke off in the middle (to read issue #1 of project 7). The next run tries again. We tried 9 times.',
    ],
    [
      { kind: 'malformed' },
      'unexpected-response',
      "GitLab's answer was cut off or damaged (to read issue #1 of project 7). The next run tries again. We tried 9 times.",
    ],
  ];
  test.each(silences)('%j', async (fault, code, message) => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const silent = fault.kind === 'hang' || fault.kind === 'drip';
    const { gateway } = benchOn(sandbox.url, { requestTimeoutMs: silent ? 150 : 20_000 });
    await gateway.reader.currentUser();
    sandbox.setFaults([{ fault }]);
    const error = await failureOf(gateway.reader.issue(7, 1));
    expect(error).toMatchObject({ code, outcome: 'not-done' });
    expect(error.message).toBe(message);
  });

  test('no one listens', async () => {
    const { url } = await stub(() => undefined);
    await closeAll();
    const { gateway, waits } = benchOn(url);
    const error = await failureOf(gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'unreachable', status: null, outcome: 'not-done', fatal: false });
    expect(error.message).toBe(
      `${url} did not accept a connection (to read the token's own user). Check the address (CI_SERVER_URL or --gitlab-url) and that this machine may reach it; where only a proxy may, name it in HTTPS_PROXY. We tried 3 times.`,
    );
    expect(waits).toHaveLength(2);
  });

  test('a certificate that this machine does not trust', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
    const files = { key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') };
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
    const made = spawnSync('openssl', [...request, '-keyout', files.key, '-out', files.cert]);
    if (made.status !== 0) {
      process.stderr.write('\nSKIPPED: no openssl here to make a certificate with.\n\n');
      return;
    }
    const server = createServer({ key: readFileSync(files.key), cert: readFileSync(files.cert) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const bench = benchOn(`https://127.0.0.1:${port}`);
    const error = await failureOf(bench.gateway.reader.currentUser());
    server.close();
    rmSync(folder, { recursive: true });
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done', fatal: false });
    expect(error.message).toBe(
      `No secure connection to https://127.0.0.1:${port} could be made: this machine does not accept its certificate. If your GitLab has a certificate authority of its own, name its file in CI_SERVER_TLS_CA_FILE or NODE_EXTRA_CA_CERTS.`,
    );
    expect(bench.waits).toEqual([]);
  });

  test('http where https is spoken, and the other way round', async () => {
    const { url } = await stub((app) => app.get('/api/v4/user', (c) => c.json(wire.user)));
    const error = await failureOf(benchOn(url.replace('http:', 'https:')).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
  });

  test('there is no such host', async () => {
    const error = await failureOf(benchOn('http://no-such-host.invalid').gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(error.message).toMatch(
      /^The host of http:\/\/no-such-host\.invalid could not be found\. Check the address/,
    );
  });

  test('an address that is not one', () => {
    expect(() => benchOn('gitlab.example.com')).toThrow(
      '"gitlab.example.com" is not the address of a GitLab. Give it as https://gitlab.example.com (CI_SERVER_URL or --gitlab-url).',
    );
  });

  test('a web page in place of data, with 200 and with 502', async () => {
    const page = '<html><title>Sign in · GitLab</title><body>Welcome</body></html>';
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => c.html(page));
      app.get('/api/v4/projects/7', (c) => c.html(page, 502));
      app.get('/api/v4/projects/8', (c) => c.text('nope', 404));
    });
    const { gateway } = benchOn(url);
    const signIn = await failureOf(gateway.reader.currentUser());
    expect(signIn).toMatchObject({ code: 'unexpected-response', status: 200 });
    expect(signIn.message).toBe(
      "The server answered with a web page instead of data (to read the token's own user). Check that the address (CI_SERVER_URL or --gitlab-url) is GitLab's own, with no sign-in page or proxy in front of it. We tried 9 times.",
    );
    const outage = await failureOf(gateway.reader.project(7));
    expect(outage).toMatchObject({ code: 'server', status: 502 });
    expect(await failureOf(gateway.reader.project(8))).toMatchObject({ code: 'not-found', status: 404 });
    expect(`${signIn.message}${outage.message}`).not.toMatch(/Welcome|Sign in · /);
  });
});

describe('redirects', () => {
  test('the 301 of a renamed project is followed once, and its numeric id is used from then on', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues, { formerPaths: ['old/place'] }) });
    const bench = benchOn(sandbox.url);
    const result = await readIssues(bench, { project: 'old/place' });
    expect(result.issues.map(({ iid }) => iid)).toEqual([1, 2]);
    await readIssues(bench, { project: 'old/place' });
    await bench.gateway.writer.createNote(7, 1, 'hello');
    expect(sandbox.requests.filter(({ status }) => status === 301)).toHaveLength(1);
    expect(bench.gateway.warnings()).toEqual([
      'Project old/place was renamed: it is sec/okrs now, with the id 7. Please write that in the policy or the command; the old name works only until someone takes it.',
    ]);
  });

  test('405 for a change under an old path', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.post('/api/v4/projects/7/issues/1/notes', (c) =>
        c.json({ error: 'Non GET methods are not allowed for moved projects' }, 405),
      );
    });
    const error = await failureOf(benchOn(url).gateway.writer.createNote(7, 1, 'x'));
    expect(error).toMatchObject({ code: 'moved', status: 405, outcome: 'not-done' });
    expect(error.message).toBe(
      'The project was renamed or moved, and GitLab makes no changes under its old address (to create a comment on issue #1 of project 7). Name the project by its numeric id.',
    );
  });

  test('a redirected POST is no created note: it is not followed', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1)));
      app.post('/api/v4/projects/7/issues/1/notes', (c) =>
        c.redirect('/api/v4/projects/8/issues/1/notes', 301),
      );
      app.get('/api/v4/projects/8/issues/1/notes', (c) => c.json(wire.note(1, 'x')));
    });
    const error = await failureOf(benchOn(url).gateway.writer.createNote(7, 1, 'x'));
    expect(error).toMatchObject({ code: 'moved', status: 301, outcome: 'not-done' });
    expect(error.message).toBe(
      'GitLab redirected a change (to create a comment on issue #1 of project 7) instead of making it, so nothing was changed. Name the project by its numeric id, or set CI_SERVER_URL to the address GitLab redirects to.',
    );
    expect(seen).not.toContain('GET /api/v4/projects/8/issues/1/notes');
  });

  test('the token does not follow to another host', async () => {
    const other = await stub((app) => app.all('*', (c) => c.json(wire.user)));
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) =>
        c.redirect(`${other.url.replace('127.0.0.1', 'localhost')}/api/v4/user`, 302),
      );
    });
    const error = await failureOf(benchOn(url).gateway.reader.currentUser());
    expect(error).toMatchObject({ code: 'moved', status: 302 });
    expect(error.message).toMatch(
      /^GitLab sends us from http:\/\/127.0.0.1:\d+ to http:\/\/localhost:\d+ .*Set the address/,
    );
    expect(other.seen).toEqual([]);
  });

  test('a redirect that goes round in circles', async () => {
    const { url, seen } = await stub((app) => {
      app.get('/api/v4/projects/:id', (c) =>
        c.redirect(`/api/v4/projects/${Number(c.req.param('id')) + 1}`, 301),
      );
    });
    const error = await failureOf(benchOn(url).gateway.reader.project(1));
    expect(error).toMatchObject({ code: 'moved' });
    expect(seen).toHaveLength(4);
  });
});
