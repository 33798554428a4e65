import { afterEach, expect, test } from '@jest/globals';
import { createDocuments } from '../../src/cli/documents.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import type { SubjectReport } from '../../src/model/report.ts';
import type { Policy } from '../../src/model/rule.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { run } from '../../src/usecases/run/run.ts';
import { type Pages, removeFolders, writeFolder } from '../helpers/plan-folder.ts';
import { botNotes, botToken, now, perfectKr, projectId, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => {
  removeFolders();
  await sandbox.close();
});

async function policyOf(): Promise<Policy> {
  const files: Pages = new Map([
    [
      'policy.yml',
      'extends: handbook\nokrs: { select: { labels: [OKR] } }\nreminders: { new-comments: { per-run: null, per-person-per-week: null } }\n',
    ],
    ['okr.yml', 'rules: { require-check-in: warning }\n'],
  ]);
  const loaded = await loadPolicy(await writeFolder(files, 'rules'));
  if (!loaded.ok) throw new Error(loaded.errors.map(({ message }) => message).join('\n'));
  return loaded.policy;
}

async function runOnce(policy: Policy, at = now): Promise<SubjectReport[]> {
  const gateway = createGateway({
    url: sandbox.url,
    token: botToken,
    requestsPerMinute: 1e6,
    notesPerMinute: 1e6,
  });
  const subjects: SubjectReport[] = [];
  await run({
    sources: [{ project: projectId }],
    policy,
    documents: createDocuments(policy),
    reader: gateway.reader,
    writer: gateway.writer,
    clock: () => at,
    requests: () => gateway.counts(),
    onSubject: (subject) => void subjects.push(subject),
  });
  return subjects;
}

const okr: IssueSeed = {
  title: 'Keys that no one has to think about',
  author: 'carol',
  assignees: ['carol'],
  labels: ['OKR'],
  createdAt: '2026-11-02T08:00:00Z',
  description: [
    '## Objective',
    'Keys renew themselves, and we count the ones that do not.',
    '## Roadmap Item',
    'Key care, second half',
    '## Dependencies',
    '## Budget',
    'none',
  ].join('\n'),
};

const update = (week: string, percent: number, done: string, next: string) => ({
  author: 'ann',
  createdAt: `${week}T15:00:00Z`,
  body: [
    `## Weekly KR Update for the week of ${week}`,
    'Status: At Risk',
    `Percentage complete: ${percent}%`,
    '## Completed',
    `* ${done}`,
    '* More',
    '## Next steps',
    `* [ ] ${next}`,
  ].join('\n'),
});

const kr = (number: number, reference: string, more: Partial<IssueSeed> = {}): IssueSeed => ({
  ...perfectKr,
  title: `FY27 Q4 KR${number} (${reference}) Rotate all signing keys`,
  createdAt: '2026-11-02T08:00:00Z',
  ...more,
});

/** People name the OKR in the description, and GitLab notes it there. */
function mention(iids: readonly number[]): void {
  for (const iid of iids) {
    const description = `${sandbox.state.issue(projectId, iid).description}\n\nPart of #1`;
    sandbox.state.editIssue('carol', projectId, iid, { description });
  }
}

test('the owner of an OKR is offered a check-in made from this week’s updates of its KRs, one line each', async () => {
  const policy = await policyOf();
  sandbox = await startSandbox({
    seed: worldSeed([
      okr,
      kr(2, 'Vaults', { notes: [update('2026-11-16', 40, 'Moved @bo.lee’s secrets', 'Switch it off')] }),
      kr(1, 'Alarms', { notes: [update('2026-11-09', 20, 'Old news', 'Old step')] }),
      kr(3, 'Quiet', { notes: [{ author: 'ann', body: 'no change', createdAt: '2026-11-23T08:00:00Z' }] }),
      kr(4, 'Silent'),
      kr(5, 'Hidden', { confidential: true, notes: [update('2026-11-23', 90, 'Secret', 'Secret')] }),
      kr(6, 'Elsewhere', { notes: [update('2026-11-23', 90, 'Not linked', 'Not linked')] }),
      { title: 'No KR', author: 'ann', description: 'See #1' },
    ]),
    clock: () => new Date(now),
  });
  mention([2, 3, 4, 5, 6, 8]);
  const subjects = await runOnce(policy, '2026-11-24T09:00:00Z');
  const found = subjects.find(({ kind }) => kind === 'okr');
  expect(found?.findings.map(({ rule, messageId }) => `${rule} ${messageId}`)).toEqual([
    'require-check-in never',
  ]);
  const comment = botNotes(sandbox, 1)[0]?.body ?? '';
  const draft = /```markdown\n(## Weekly update[\s\S]*?)\n```/.exec(comment)?.[1] ?? '';
  expect(draft).toBe(
    [
      '## Weekly update',
      '`On Schedule/At Risk/Behind Schedule`',
      '',
      '## What was accomplished',
      '* KR1 (Alarms): no update for this week; the last is of the week of 2026-11-09',
      '* KR2 (Vaults): at risk, 40%. Moved bo.lee’s secrets',
      '* KR3 (Quiet): no change',
      '* KR4 (Silent): no update yet',
      '',
      '## Next steps',
      '* KR1 (Alarms): Old step',
      '* KR2 (Vaults): Switch it off',
    ].join('\n'),
  );
  expect(comment).not.toMatch(/Hidden|Secret|Elsewhere/);
  // Nothing has changed: nothing is written.
  const again = await runOnce(policy, '2026-11-24T10:00:00Z');
  expect(again.flatMap(({ actions }) => actions)).toEqual([]);

  // Pasted back with its status chosen it satisfies every rule.
  const pasted = draft.replace(/^`.*`$/m, 'At Risk');
  sandbox.state.addNote('carol', projectId, 1, pasted);
  const last = (await runOnce(policy, '2026-11-24T11:00:00Z')).find(({ kind }) => kind === 'okr');
  expect(last?.findings).toEqual([]);
  expect(botNotes(sandbox, 1)).toHaveLength(1);
});
