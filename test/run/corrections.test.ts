import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, perfectKr, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const withItem = (item: string) => ({
  ...perfectKr,
  description: perfectKr.description.replace(/- \[x\].*/, item),
});

/** What the comment offers for milestones, the night after too. */
async function offeredFor(item: string): Promise<string[]> {
  sandbox = await startWorld([withItem(item)]);
  await runOn(sandbox);
  const [note] = botNotes(sandbox, 1);
  const before = sandbox.countWrites();
  const again = await runOn(sandbox, { at: '2026-11-24T09:00:00Z' });
  expect(again.subjects[0]?.actions).toEqual([]);
  expect(sandbox.countWrites()).toBe(before);
  return /```markdown\n([^]*?)\n```/.exec(note?.body ?? '')?.[1]?.split('\n') ?? [];
}

test('lines that are read as they are meant are offered', async () => {
  expect(
    await offeredFor('- [ ] Milestone 1: Description: `add here` Due Date: 2026-12-04 DRI: `@ann`'),
  ).toEqual(['- [ ] Milestone 1: Description: what will be done Due Date: 2026-12-04 DRI: @ann']);
});

test('where another person or day would be read, nothing is offered', async () => {
  expect(await offeredFor('- [ ] Milestone 1: Description: Guide Due Date: 2026-12-04 DRI: `@ann`_')).toEqual(
    [],
  );
});

test('of several fields those are filled in that are read as they are meant', async () => {
  expect(await offeredFor('- [ ] Milestone 1: Description: Guide Due Date: 12/04/2026 DRI: `@ann`_')).toEqual(
    ['- [ ] Milestone 1: Description: Guide Due Date: 2026-12-04 DRI: `@ann`_'],
  );
});
