import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mergeCommand } from '../../src/cli/merge.ts';
import { runCommand } from '../../src/cli/run.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { GatewayError } from '../../src/model/errors.ts';
import type { IssueMaker, IssueWriter } from '../../src/model/ports.ts';
import type { RunSummary } from '../../src/model/report.ts';
import type { FaultScript } from '../../src/sandbox/faults/script.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { createDigestJob } from '../../src/usecases/digest/digest-job.ts';
import { runCommandAlone } from '../cli/command.ts';
import { withFolder } from '../config/helpers.ts';
import { botToken, brokenKr, builtInPolicy, now, perfectKr, runOn, worldSeed } from '../helpers/world.ts';

const home = 'sec/digests';
const homeId = 2;
const mark = '<!-- kr-hygiene 1 digest default FY27-Q4 -->';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

async function world(krs: readonly IssueSeed[] = [perfectKr, brokenKr]): Promise<Sandbox> {
  const seed = worldSeed(krs);
  sandbox = await startSandbox({
    seed: {
      ...seed,
      projects: [...(seed.projects ?? []), { id: homeId, path: home, issues: [{ title: 'Something else' }] }],
    },
    clock: () => new Date(now),
  });
  return sandbox;
}

type Writer = IssueWriter & IssueMaker;

/** One night: the run, then the digest, as the command does it. Whatever kills it kills it. */
async function night({
  at = now,
  apply = true,
  wrap = (writer: Writer) => writer,
  requestTimeoutMs = 65_000,
} = {}): Promise<RunSummary> {
  const policy = await builtInPolicy();
  const settings = { ...policy.settings, digest: { project: home } };
  const gateway = createGateway({
    url: sandbox.url,
    token: botToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
    requestTimeoutMs,
    sleep: () => Promise.resolve(),
  });
  const { summary, subjects } = await runOn(sandbox, { at, apply, gateway });
  const job = createDigestJob(settings, at);
  for (const subject of subjects) job?.add(subject);
  const writer = apply ? wrap(gateway.writer) : null;
  return (await job?.keep(summary, { reader: gateway.reader, writer })) as RunSummary;
}

const digests = () =>
  sandbox.state
    .issues(homeId)
    .filter(({ description, state }) => state === 'opened' && (description ?? '').includes(mark));
const comments = (iid: number) => sandbox.state.notes(homeId, iid).filter(({ system }) => !system);
const deedsOf = ({ digest }: RunSummary) => digest?.actions.map(({ type, outcome }) => `${type} ${outcome}`);

describe('the digest in GitLab', () => {
  test('a dry run shows what it would do and sends nothing but GET', async () => {
    await world();
    const summary = await night({ apply: false });
    expect(deedsOf(summary)).toEqual(['create-issue planned', 'create-note planned']);
    expect(summary.pings).toEqual([expect.objectContaining({ ref: home, outcome: 'planned', whom: [] })]);
    expect(sandbox.countWrites()).toBe(0);
  });

  test('is one issue a quarter with one comment a week; a second run writes nothing', async () => {
    await world();
    expect(deedsOf(await night())).toEqual(['create-issue applied', 'create-note applied']);
    const [digest] = digests();
    expect(digest?.title).toBe('Key Results, FY27 Q4: digest');
    expect(comments(digest?.iid ?? 0)).toHaveLength(1);
    const writes = sandbox.countWrites();
    expect(deedsOf(await night({ at: '2026-11-23T18:00:00Z' }))).toEqual([]);
    expect(sandbox.countWrites()).toBe(writes);
    expect(deedsOf(await night({ at: '2026-11-24T09:00:00Z' }))).toEqual(['update-issue applied']);
    expect(deedsOf(await night({ at: '2026-11-30T09:00:00Z' }))).toEqual([
      'update-issue applied',
      'create-note applied',
    ]);
    expect(comments(digest?.iid ?? 0)).toHaveLength(2);
    expect(deedsOf(await night({ at: '2027-02-01T09:00:00Z' }))).toEqual([
      'create-issue applied',
      'create-note applied',
    ]);
    expect(digests()).toHaveLength(1);
    expect(sandbox.state.issues(homeId)).toHaveLength(3);
  });

  test('mails no one, and runs no command', async () => {
    await world([{ ...brokenKr, title: 'FY27 Q4 KR2 (Key Care) /close @ann #1 `x`' }]);
    await night();
    await night({ at: '2026-11-24T09:00:00Z' });
    const [digest] = digests();
    for (const name of ['ann', 'bo.lee', 'carol', 'mallory'])
      expect(sandbox.state.mailsTo(name).filter(({ issueId }) => issueId === digest?.id)).toEqual([]);
  });

  test('what people write around it stays byte for byte, also what they wrote a moment ago', async () => {
    await world();
    await night();
    const [digest] = digests();
    const iid = digest?.iid ?? 0;
    const around = (text: string): string => `Our own words  \r\n\r\n${text}\n\n* and more\t\n`;
    sandbox.state.editIssue('carol', homeId, iid, { description: around(digest?.description?.trim() ?? '') });
    let seen = 0;
    sandbox.setFaults(({ method, path: where }, state) => {
      // Between the list and the edit somebody adds a line.
      if (method === 'GET' && where === `/projects/${homeId}/issues/${iid}` && seen++ === 0)
        state.editIssue('carol', homeId, iid, {
          description: `New! ${state.issue(homeId, iid).description}`,
        });
      return null;
    });
    await night({ at: '2026-11-24T09:00:00Z' });
    const text = sandbox.state.issue(homeId, iid).description ?? '';
    expect(text.startsWith(`New! Our own words  \r\n\r\n${mark}`)).toBe(true);
    expect(text.endsWith('<!-- /kr-hygiene 1 digest -->\n\n* and more\t\n')).toBe(true);
    expect(text).toContain('data of 24 Nov 2026');
  });

  test('is found where its marker was removed, left alone where people closed it', async () => {
    await world();
    await night();
    const iid = digests()[0]?.iid ?? 0;
    sandbox.state.editIssue('carol', homeId, iid, { description: 'Emptied.' });
    await night({ at: '2026-11-24T09:00:00Z' });
    expect(digests().map((issue) => issue.iid)).toEqual([iid]);
    sandbox.state.closeIssue('carol', homeId, iid);
    const summary = await night({ at: '2026-11-30T09:00:00Z' });
    expect(deedsOf(summary)).toEqual(['update-issue unchanged']);
    expect(digests()).toEqual([]);
    expect(sandbox.state.issues(homeId)).toHaveLength(2);
  });

  test('a copy that somebody else made is theirs', async () => {
    await world();
    sandbox.state.addIssue(homeId, { title: 'Mine', author: 'carol', description: `${mark}\nmine` });
    await night();
    expect(digests().map(({ title }) => title)).toEqual(['Mine', 'Key Results, FY27 Q4: digest']);
    expect(sandbox.state.issue(homeId, 2).description).toBe(`${mark}\nmine`);
  });

  test('a project that is not there is named, and the run is incomplete', async () => {
    await world();
    sandbox.state.removeProject(home);
    const summary = await night();
    expect(deedsOf(summary)).toEqual(['update-issue failed']);
    expect(summary.failures).toEqual([expect.objectContaining({ source: `digest in project ${home}` })]);
  });

  test('is no Key Result, even where the policy takes every issue for one', async () => {
    await world();
    await night();
    const policy = await builtInPolicy();
    const all = { ...policy, filter: { ...policy.filter, labels: [] }, unselected: () => null };
    const { scan } = await import('../../src/scan/scan.ts');
    const { reader } = createGateway({ url: sandbox.url, token: botToken });
    const titles: string[] = [];
    for await (const found of scan([{ project: homeId }], all, reader, now))
      if ('issue' in found) titles.push(found.issue.title);
    expect(titles).toEqual(['Something else']);
  });

  test('a confidential KR is a number and a live list', async () => {
    await world([perfectKr, { ...brokenKr, confidential: true }]);
    await night();
    const text = digests()[0]?.description ?? '';
    expect(text).toContain('1 confidential');
    expect(text).not.toContain('vault');
    expect(text).toContain('and confidential = true and label = "KR"');
  });
});

/** Dies at the n-th write, before or after the server acted. */
function dyingAt(nth: number, when: 'before' | 'after'): (writer: Writer) => Writer {
  let writes = 0;
  const dead = (): never => {
    throw new Error('killed');
  };
  const mortal = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes > nth || (writes === nth && when === 'before')) return dead();
    const answer = await write();
    return writes >= nth ? dead() : answer;
  };
  return (writer) => ({
    ...writer,
    createIssue: (...args) => mortal(() => writer.createIssue(...args)),
    editIssue: (...args) => mortal(() => writer.editIssue(...args)),
    createNote: (...args) => mortal(() => writer.createNote(...args)),
    deleteNote: (...args) => mortal(() => writer.deleteNote(...args)),
  });
}

describe('never two digests', () => {
  /** What must hold once runs have come to their end. */
  async function expectOne(at = now): Promise<void> {
    sandbox.setFaults(null);
    await night({ at });
    expect(digests()).toHaveLength(1);
    expect(comments(digests()[0]?.iid ?? 0)).toHaveLength(1);
    const writes = sandbox.countWrites();
    await night({ at });
    expect(sandbox.countWrites()).toBe(writes);
  }

  test.each(['before', 'after'] as const)('where a run is killed %s any write', async (when) => {
    for (const nth of [1, 2, 3]) {
      await world();
      await night({ wrap: dyingAt(nth, when) }).catch((error: unknown) => {
        if (error instanceof GatewayError) throw error;
      });
      expect(digests().length).toBeLessThanOrEqual(1);
      await expectOne();
      await sandbox.close();
    }
  });

  const post = { method: 'POST', pathPattern: `/projects/${homeId}/issues` };
  const note = { method: 'POST', pathPattern: `/projects/${homeId}/issues/*/notes` };
  const put = { method: 'PUT', pathPattern: `/projects/${homeId}/issues/*` };
  test.each<[string, FaultScript]>([
    [
      '502, carried out',
      [{ match: { ...post, nth: 1 }, fault: { kind: 'status', status: 502, acted: true } }],
    ],
    ['502, not carried out', [{ match: { ...post, nth: 1 }, fault: { kind: 'status', status: 502 } }]],
    [
      '504, carried out',
      [{ match: { ...post, nth: 1 }, fault: { kind: 'status', status: 504, acted: true } }],
    ],
    ['broken off', [{ match: post, fault: { kind: 'reset', acted: true } }]],
    ['broken off before', [{ match: { ...post, nth: 1 }, fault: { kind: 'reset' } }]],
    ['cut', [{ match: { ...post, nth: 1 }, fault: { kind: 'cut' } }]],
    ['malformed', [{ match: { ...post, nth: 1 }, fault: { kind: 'malformed' } }]],
    ['refused', [{ match: post, fault: { kind: 'status', status: 403 } }]],
    ['comment carried out', [{ match: note, fault: { kind: 'status', status: 502, acted: true } }]],
    ['comment broken off', [{ match: { ...note, nth: 1 }, fault: { kind: 'reset', acted: true } }]],
    ['edit lost', [{ match: put, fault: { kind: 'status', status: 500 } }]],
  ])('where the answer is %s', async (_, faults) => {
    await world();
    sandbox.setFaults(faults);
    await night();
    expect(digests().length).toBeLessThanOrEqual(1);
    await expectOne();
  });

  test('where the server carries out what we gave up waiting for', async () => {
    await world();
    let sent: { title: string; description: string } | null = null;
    sandbox.setFaults(({ method, path: where }) =>
      method === 'POST' && where === `/projects/${homeId}/issues` ? { kind: 'status', status: 504 } : null,
    );
    const catching = (writer: Writer): Writer => ({
      ...writer,
      createIssue: (id, issue) => {
        sent = issue;
        return writer.createIssue(id, issue);
      },
    });
    await night({ wrap: catching });
    sandbox.setFaults(null);
    // Another run makes it; then the first one arrives after all.
    await night();
    sandbox.state.addIssue(homeId, {
      ...(sent as unknown as { title: string; description: string }),
      author: 'kr-bot',
    });
    expect(digests()).toHaveLength(2);
    await expectOne();
    expect(sandbox.state.issues(homeId).at(-1)).toMatchObject({
      state: 'closed',
      description: expect.stringMatching(/^Duplicate of #2\.\n$/) as unknown,
    });
  });

  test('where two runs overlap, in whatever order', async () => {
    for (let round = 0; round < 6; round += 1) {
      await world();
      let seen = 0;
      sandbox.setFaults(({ path: where }) =>
        where.startsWith(`/projects/${homeId}/`)
          ? { kind: 'delay', ms: (seen++ * 7 * (round + 1)) % 23 }
          : null,
      );
      await Promise.all([night(), night()]);
      expect(digests()).toHaveLength(1);
      await expectOne();
      await sandbox.close();
    }
    await world([]);
  });
});

describe('the commands', () => {
  const rules = { 'policy.yml': `extends: handbook\ndigest: { project: ${home} }\n` };
  const token = { KR_HYGIENE_TOKEN: botToken };

  test('run keeps it, --issue and --shard do not; merge keeps the same one', async () => {
    await world();
    await withFolder(rules, async (folder) => {
      const report = async (name: string): Promise<RunSummary> =>
        JSON.parse(await readFile(path.join(folder, name, 'report.json'), 'utf8')) as RunSummary;
      const run = async (name: string, ...args: string[]) =>
        runCommandAlone(
          runCommand,
          [
            '--rules',
            folder,
            '--now',
            now,
            '--gitlab-url',
            sandbox.url,
            '--output',
            path.join(folder, name),
            ...args,
          ],
          token,
        );
      const dry = await run('dry', '--project', 'sec/okrs');
      expect(dry.stdout).toMatch(/would +digest create the digest issue “Key Results, FY27 Q4: digest”/);
      expect(sandbox.countWrites()).toBe(0);
      await run('one', '--issue', 'sec/okrs#2', '--apply');
      await run('s1', '--project', 'sec/okrs', '--shard', '1/2', '--apply');
      await run('s2', '--project', 'sec/okrs', '--shard', '2/2', '--apply');
      expect(digests()).toEqual([]);
      const shards = ['s1', 's2'].map((name) => path.join(folder, name, 'report.json'));
      const merge = (name: string, ...args: string[]) =>
        runCommandAlone(
          mergeCommand,
          [...shards, '--rules', folder, '--output', path.join(folder, name), ...args],
          token,
        );
      await merge('dry-merge');
      expect(deedsOf(await report('dry-merge'))).toEqual(['update-issue planned']);
      await merge('merged', '--apply', '--gitlab-url', sandbox.url);
      expect(deedsOf(await report('merged'))).toEqual(['create-issue applied', 'create-note applied']);
      const merged = digests()[0]?.description;
      const whole = await run('whole', '--project', 'sec/okrs', '--apply');
      expect(whole.code).toBe(0);
      expect(deedsOf(await report('whole'))).toEqual([]);
      expect(digests()[0]?.description).toBe(merged);
    });
  });
});
