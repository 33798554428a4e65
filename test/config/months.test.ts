import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createReader } from '../../src/parse/reader.ts';

test('months that the vocabulary names are read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'months-'));
  try {
    await writeFile(path.join(folder, 'policy.yml'), 'extends: handbook\n');
    await writeFile(path.join(folder, 'vocabulary.yml'), 'months:\n  december: [diciembre, dic]\n');
    const loaded = await loadPolicy(folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded));
    const { grammar, calendar } = loaded.policy.settings;
    const text =
      '## Milestones\n- [ ] Milestone 1: Description: a Due Date: 10 de diciembre de 2026 DRI: @ann\n';
    const { milestones } = createReader(grammar, calendar).read('kr', text, {
      title: 'FY27 Q4 KR1 x',
      now: '2026-11-23T09:00:00Z',
    });
    expect(milestones[0]?.dueDate).toMatchObject({ date: '2026-12-10', problem: null });
  } finally {
    await rm(folder, { recursive: true });
  }
});
