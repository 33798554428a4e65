import { chmod, readdir } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';
import { botToken, brokenKr, now, perfectKr, readToken, worldSeed } from '../helpers/world.ts';

/** What a maintainer may meet on the first day, and what is said then: by the command as it is typed. */
let sandbox: Sandbox;
const tokenBot = 'group_7_bot_0123456789abcdef';
const [expired, ofGroup] = ['world-expired-token-1', 'world-group-token-123'];

beforeAll(async () => {
  const seed = worldSeed([perfectKr, brokenKr]);
  sandbox = await startSandbox({
    seed: {
      ...seed,
      users: [...(seed.users ?? []), { username: tokenBot, bot: true }],
      tokens: [
        ...(seed.tokens ?? []),
        { value: expired, user: 'kr-bot', scopes: ['api'], expiresAt: '2026-11-20' },
        { value: ofGroup, user: tokenBot, scopes: ['api'] },
      ],
      groups: [...(seed.groups ?? []), { path: 'bare', members: { 'kr-bot': 'planner' } }],
    },
    clock: () => new Date(now),
  });
});
afterAll(() => sandbox.close());

const env = (token = botToken) => ({ KR_HYGIENE_TOKEN: token, CI_SERVER_URL: sandbox.url });
const where = ['--project', 'sec/okrs'];

/** A port of this machine that no one listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the address', () => {
  test('none: no token is sent anywhere', async () => {
    const { code, stderr } = await cli(['doctor', ...where], { env: { KR_HYGIENE_TOKEN: botToken } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Which GitLab\? Set CI_SERVER_URL .* or give --gitlab-url/);
    expect(stderr).toContain('The token was sent nowhere.');
  });

  test('a wrong one, or one behind a proxy: both variables are named, on standard error too', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { code, stdout, stderr } = await cli(['run', ...where, '--now', now], {
      env: { ...env(), CI_SERVER_URL: url },
    });
    expect(code).toBe(3);
    expect(stdout).toContain(`${url} did not accept a connection`);
    expect(stdout).toContain('Check the address (CI_SERVER_URL or --gitlab-url)');
    expect(stdout).toContain('where only a proxy may, name it in HTTPS_PROXY');
    expect(stderr).toContain('did not accept a connection');
  });

  test('a proxy that is not there', async () => {
    const { code, stdout } = await cli(['run', ...where, '--now', now], {
      env: {
        ...env(),
        CI_SERVER_URL: 'http://gitlab.example.com',
        HTTP_PROXY: `http://127.0.0.1:${await closedPort()}`,
      },
    });
    expect(code).toBe(3);
    expect(stdout).toContain('name it in HTTPS_PROXY');
  });

  test('a certificate file that is not there', async () => {
    const { code, stdout, stderr } = await cli(['run', ...where, '--now', now], {
      env: { ...env(), CI_SERVER_TLS_CA_FILE: '/no/such/ca.pem' },
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('CI_SERVER_TLS_CA_FILE names "/no/such/ca.pem", which is not there.');
  });
});

describe('the token', () => {
  test('reads only', async () => {
    const { code, stderr } = await cli(['run', '--apply', ...where, '--now', now], { env: env(readToken) });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^The token lacks the scope "api" that --apply/),
    ]);
  });

  test('has expired', async () => {
    const { code, stderr } = await cli(['run', ...where, '--now', now], { env: env(expired) });
    expect([code, stderr]).toEqual([2, expect.stringContaining('it has expired (401)')]);
  });

  test('is not known', async () => {
    const { code, stderr } = await cli(['run', ...where, '--now', now], {
      env: env('world-unknown-token-1'),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('it is not valid here (401)')]);
  });

  test('belongs to a user that was blocked', async () => {
    const gitlab = createHttp((_, answer) => {
      answer.writeHead(403, { 'content-type': 'application/json' });
      answer.end('{"message":"403 Forbidden - Your account has been blocked."}');
    });
    await new Promise<void>((resolve) => gitlab.listen(0, '127.0.0.1', resolve));
    const { port } = gitlab.address() as { port: number };
    const { code, stderr } = await cli(['doctor', ...where], {
      env: { ...env(), CI_SERVER_URL: `http://127.0.0.1:${port}` },
    });
    gitlab.close();
    expect(code).toBe(2);
    expect(stderr).toContain("The account of the token's user is blocked (403)");
  });

  test('is one of a group, whose next one would be another user', async () => {
    const { stdout } = await cli(['doctor', ...where], { env: env(ofGroup) });
    expect(stdout).toContain(`i ${tokenBot} lives as long as this token. Rotate the token before it expires`);
    expect(stdout).toContain('former-bots of policy.yml');
    expect((await cli(['doctor', ...where], { env: env() })).stdout).not.toContain('lives as long');
  });
});

describe('the policy', () => {
  test('a misspelt label: no KR is no success', () =>
    withFolder({ 'policy.yml': 'extends: handbook\nselect: { labels: [KRs] }\n' }, async (rules) => {
      const { code, stdout, stderr } = await cli(
        ['run', '--apply', ...where, '--now', now, '--rules', rules],
        { env: env() },
      );
      expect(code).toBe(3);
      expect(stdout).toContain('No KR was selected, so nothing was checked: see `kr-hygiene doctor`.');
      expect(stderr).toContain('which condition excludes what is there');
      const doctor = await cli(['doctor', ...where, '--rules', rules], { env: env() });
      expect(doctor.stdout).toContain('None of 2 open issues in project sec/okrs is a KR by the policy.');
      expect(doctor.stdout).toContain('There is a label "KR": is that what "KRs" in policy.yml means?');
    }));

  test('an empty group', async () => {
    const { code, stdout } = await cli(['run', '--group', 'bare', '--now', now], { env: env() });
    expect(code).toBe(0);
    expect(stdout).toContain('No KR was selected, so nothing was checked');
    const doctor = await cli(['doctor', '--group', 'bare'], { env: env() });
    expect(doctor.stdout).toContain('There is no issue to be seen in group bare');
  });
});

test('with --quiet the last line does not point at lines that are not there', async () => {
  const { stdout } = await cli(['run', '--quiet', ...where, '--now', now], { env: env() });
  expect(stdout).not.toContain('“left” above');
});

test('a folder that is read-only: exit 2, which folder and why; nothing is half written', () =>
  withFolder({ 'in/x': '' }, async (folder) => {
    const dir = path.join(folder, 'in');
    await chmod(dir, 0o555);
    // Root may write anywhere but where the kernel itself says no.
    const target = process.getuid?.() === 0 ? '/proc' : dir;
    for (const args of [
      ['init', target],
      ['run', ...where, '--now', now, '--output', target],
      ['run', ...where, '--now', now, '--state', path.join(target, 'state')],
    ]) {
      const { code, stderr } = await cli(args, { env: env() });
      expect([args[0], code]).toEqual([args[0], 2]);
      expect(stderr).toMatch(/cannot be written/);
      expect(stderr).toContain(target);
      expect(stderr).not.toMatch(/please report|\n {4}at /);
    }
    await chmod(dir, 0o755);
    expect(await readdir(dir)).toEqual(['x']);
  }));
