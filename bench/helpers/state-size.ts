import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { openForWriting } from '../../src/files/write.ts';
import { addDays } from '../../src/model/days.ts';
import type { Note } from '../../src/model/issue.ts';
import { openState } from '../../src/state/state-file.ts';
import { benchIssue } from './planning.ts';

/** Bytes of the state file that remembers so many KRs, each with thirteen weekly updates and the notes of four ticks. */
export async function stateBytes(krs: number): Promise<number> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const documents = createDocuments(loaded.policy);
  const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
  const file = path.join(folder, 'state.bin');
  const now = '2027-01-29T09:00:00Z';
  const memory = await openState({
    file,
    secret: 'bench',
    context: 'bench',
    clock: () => Date.parse(now),
    openForWriting: (name) => openForWriting(name, { mode: 0o600 }),
  });
  for (let index = 0; index < krs; index += 1) {
    const issue = benchIssue(index);
    const document = await documents.read('kr', issue.description, { title: issue.title, now });
    const note = (id: number, week: number, body: string, system: boolean): Note => {
      const at = `${addDays('2026-11-06', week * 7)}T15:00:00Z`;
      return { id, body, author: issue.author, createdAt: at, updatedAt: at, system, internal: false };
    };
    const weeks = Array.from({ length: 13 }, (_, week) => week);
    const activity = {
      comments: weeks.map((week) => note(index * 100 + week, week, updateText(index, week), false)),
      systemNotes: weeks
        .slice(0, 4)
        .map((week) =>
          note(
            index * 100 + 50 + week,
            week,
            `marked the checklist item **Milestone ${week + 1}** as completed`,
            true,
          ),
        ),
      labelEvents: [],
      stateEvents: [],
    };
    await memory.keep(issue, { document, activity }, 'settled');
  }
  await memory.save({ whole: true });
  const { size } = await stat(file);
  await rm(folder, { recursive: true });
  return size;
}

const work = ['the pilot', 'the inventory', 'the runbook', 'the review', 'the vendor call', 'the migration'];

/** An update as people write one; no two of a KR are alike. */
function updateText(kr: number, week: number): string {
  const thing = (step: number): string =>
    `${work[(kr + week * 5 + step) % work.length]} for team ${(kr * 7 + week + step) % 40}`;
  return [
    `## Week of ${addDays('2026-11-02', week * 7)}`,
    '',
    `**Status:** ${['On Track', 'On Track', 'Requires Escalation'][(kr + week) % 3]}`,
    `**Percent complete:** ${Math.min(100, week * 8 + (kr % 5))}%`,
    '',
    '### Completed this week',
    '',
    `- Finished ${thing(1)}`,
    `- Agreed on ${thing(2)} with @person-${(kr + week) % 50}`,
    '',
    '### Next steps',
    '',
    `- Begin ${thing(3)}`,
    `- Follow up on ${thing(4)} before ${addDays('2026-11-13', week * 7)}`,
    '',
  ].join('\n');
}
