import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cli } from '../helpers/capture-io.ts';
import { removeFolders, writeFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    seed: {
      users: [{ username: 'ann' }, { username: 'bot', bot: true }],
      tokens: [
        { value: 'bot-token-1234567890', user: 'bot' },
        { value: 'ann-token-1234567890', user: 'ann' },
      ],
      groups: [{ path: 'sec', members: { ann: 'developer', bot: 'developer' } }],
      projects: [
        {
          id: 7,
          path: 'sec/handbook',
          mergeRequests: [
            { iid: 3, title: 'A plan' },
            { iid: 4, title: 'Another' },
            { iid: 5, title: 'With strangers' },
            { iid: 6, title: 'With two pipelines at once' },
          ],
        },
      ],
    },
  });
});
afterAll(() => sandbox.close());

const notes = () => sandbox.state.project(7).mergeRequests.get(3)?.notes ?? [];

const env = {
  KR_HYGIENE_TOKEN: 'bot-token-1234567890',
  CI_PROJECT_ID: '7',
  CI_MERGE_REQUEST_IID: '3',
};

const lint = (folder: string, with_: Record<string, string> = env) =>
  cli(['lint', '--kind', 'plan', '--comment', '--gitlab-url', sandbox.url, folder], { env: with_ });

test('one comment on the merge request: none while all is well, edited in place, brought to its end', async () => {
  const good = '---\ntitle: A\n---\n\nEpic: sec&1\n';
  const folder = await writeFolder(
    new Map([
      ['_index.md', '| Plan |\n|---|\n| [A](a.md) |\n'],
      ['a.md', good],
    ]),
  );
  const page = path.join(folder, 'a.md');
  expect((await lint(folder)).code).toBe(0);
  expect(notes()).toHaveLength(0);

  await writeFile(page, '---\ntitle: A\n---\n\n@all /close [x](gone.md) <!-- -->\n/close\n');
  expect((await lint(folder)).code).toBe(1);
  expect(notes()).toHaveLength(1);
  const first = notes()[0]?.body ?? '';
  expect(first).toContain('The pages of this merge request have 2 findings');
  expect(first).toContain('(`no-dead-link`)');
  expect(first).toContain('line 5:');
  const at = notes()[0]?.updatedAt;

  // Nothing has changed: nothing is written.
  expect((await lint(folder)).stderr).not.toContain('comment on !3');
  expect(notes()[0]?.updatedAt).toBe(at);

  await writeFile(page, good);
  expect((await lint(folder)).code).toBe(0);
  expect(notes()).toHaveLength(1);
  expect(notes()[0]?.body).toContain('Nothing is left to do');
});

test('it says what is new since it was last written, and what is fixed, and then rests', async () => {
  const page = (...links: string[]): string =>
    `# A\n\nsec&1\n\n${links.map((one) => `[x](${one}.md)`).join('\n\n')}\n`;
  const folder = await writeFolder(new Map([['a.md', page('one', 'two')]]));
  const at = { ...env, CI_MERGE_REQUEST_IID: '4' };
  const body = () => sandbox.state.project(7).mergeRequests.get(4)?.notes[0]?.body ?? '';
  await lint(folder, at);
  expect(body()).toContain('have 2 findings.');
  expect(body()).not.toContain('**new**');

  await writeFile(path.join(folder, 'a.md'), page('first', 'two'));
  await lint(folder, at);
  expect(body()).toContain('have 2 findings, 1 of them new since the last change. Fixed since then: 1.');
  expect(body()).toMatch(/🟡 \*\*new\*\* line 5:.*first/);
  expect(body()).toMatch(/🟡 line 7:.*two/);

  // Lines move, and nothing else has changed: the same ones are new.
  await writeFile(path.join(folder, 'a.md'), `${page('first', 'two')}\nMore.\n`);
  const { stderr } = await lint(folder, at);
  expect(stderr).not.toContain('comment on !4');
  expect(sandbox.state.project(7).mergeRequests.get(4)?.notes).toHaveLength(1);
});

/** What someone does in GitLab, through its API. */
const asSomeone = (method: string, token: string, where: string, body: string) =>
  fetch(`${sandbox.url}/api/v4/projects/7/merge_requests/${where}`, {
    method,
    headers: { 'private-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ body }),
  });

test('comments of others with our marker are theirs; words put into ours do not last, nor does it multiply', async () => {
  const folder = await writeFolder(new Map([['a.md', '# A\n\nsec&1 [x](gone.md)\n']]));
  const at = { ...env, CI_MERGE_REQUEST_IID: '5' };
  const all = () => sandbox.state.project(7).mergeRequests.get(5)?.notes ?? [];
  await lint(folder, at);
  const bot = all()[0]?.authorId;
  const ours = () => all().filter(({ authorId }) => authorId === bot);
  const first = ours()[0]?.body ?? '';
  const marker = /<!--[^]*-->/.exec(first)?.[0] ?? '';
  expect(marker).not.toBe('');
  const forged = `Approved by the bot. @all\n\n${marker}`;
  await asSomeone('POST', 'ann-token-1234567890', '5/notes', forged);
  // A maintainer may edit the comment of the bot; the sandbox has its token do it.
  await asSomeone('PUT', 'bot-token-1234567890', `5/notes/${ours()[0]?.id}`, forged);
  await lint(folder, at);
  expect(ours().map(({ body }) => body)).toEqual([first]);
  expect(
    all()
      .filter(({ authorId }) => authorId !== bot)
      .map(({ body }) => body),
  ).toEqual([forged]);
  for (let round = 0; round < 3; round += 1) {
    await asSomeone('PUT', 'bot-token-1234567890', `5/notes/${ours().at(-1)?.id}`, 'No marker.');
    const { stderr } = await lint(folder, at);
    if (round > 0) expect(stderr).toContain('left as it is, our comments were edited');
  }
  expect(ours()).toHaveLength(2);
});

test('two pipelines at once leave one comment', async () => {
  const folder = await writeFolder(new Map([['a.md', '# A\n\nsec&1 [x](gone.md)\n']]));
  const at = { ...env, CI_MERGE_REQUEST_IID: '6' };
  const codes = (await Promise.all([lint(folder, at), lint(folder, at), lint(folder, at)])).map(
    ({ code }) => code,
  );
  expect(codes).toEqual([0, 0, 0]);
  expect(sandbox.state.project(7).mergeRequests.get(6)?.notes).toHaveLength(1);
});

test('outside of a merge request, and where the comment cannot be written', async () => {
  const folder = await writeFolder(new Map([['a.md', '# A\n']]));
  const outside = await lint(folder, { KR_HYGIENE_TOKEN: 'bot-token-1234567890' });
  expect(outside.code).toBe(2);
  expect(outside.stderr).toContain('CI_MERGE_REQUEST_IID');
  const elsewhere = await lint(folder, { ...env, CI_MERGE_REQUEST_IID: '99' });
  expect(elsewhere.code).toBe(3);
});

test('two findings of one kind on one page have fingerprints of their own', async () => {
  const folder = await writeFolder(
    new Map([['a.md', '# A\n\nsec&1 [x](gone.md) [x](gone.md)\n\n[x](gone.md)\n']]),
  );
  const { stdout } = await cli(['lint', '--kind', 'plan', '--format', 'codequality', folder]);
  const issues = JSON.parse(stdout) as { fingerprint: string; location: { lines: { begin: number } } }[];
  expect(issues.map(({ location }) => location.lines.begin)).toEqual([3, 3, 5]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
});
