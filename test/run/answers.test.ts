import { afterEach, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, brokenKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

/** What the comment says the night after somebody wrote this. */
async function heard(words: string): Promise<string> {
  const at = new Date(sandbox.clock.now().getTime() + 86_400_000).toISOString();
  sandbox.clock.advance(3_600_000);
  sandbox.state.addNote('ann', projectId, 1, words);
  sandbox.clock.set(at);
  await runOn(sandbox, { at });
  return botNotes(sandbox, 1)[0]?.body ?? '';
}

test('a reason is told as it was given', async () => {
  sandbox = await startWorld([brokenKr]);
  await runOn(sandbox);
  const body = await heard('kr: snooze 2w because of the release freeze');
  expect(body).toMatch(/as `ann` asked: because of the release freeze\./);
});

test('what is taken back is acknowledged as what is given', async () => {
  sandbox = await startWorld([brokenKr]);
  await runOn(sandbox);
  const waived = await heard('kr: waive require-okr-link because Ally is gone');
  expect(waived).toContain('🤝 `require-okr-link` is accepted without an end, as `ann` asked: Ally is gone.');
  const back = await heard('kr: unwaive require-okr-link');
  expect(back).not.toContain('🤝');
  expect(back).toMatch(
    /↩️ `require-okr-link` counts again, as `ann` asked in \[that comment\]\(#note_\d+\)\./,
  );
  const later = await heard('kr: recheck');
  expect(later).not.toContain('↩️');
});

test('everything one evening brings is acknowledged, each comment once', async () => {
  sandbox = await startWorld([brokenKr]);
  await runOn(sandbox);
  sandbox.state.addNote('ann', projectId, 1, 'kr: help');
  const body = await heard('kr: waive no-such-rule because of things\nkr: snooze forever');
  expect(body).toContain('<details open>');
  expect(body).toMatch(/had no effect: there is no rule .*no-such-rule.*; how long is not understood/);
  expect(body.match(/#note_/g)).toHaveLength(1);
  const later = await heard('kr: snooze 2w');
  expect(later).not.toContain('<details open>');
  expect(later).not.toContain('had no effect');
  expect(later).toContain('💤 No reminders until');
});

test('what is accepted as it is, is not called fixed, nor named by another rule', async () => {
  sandbox = await startWorld([brokenKr]);
  await runOn(sandbox);
  for (const words of ['kr: waive require-okr-link because Ally is gone', 'kr: unwaive require-okr-link']) {
    const body = await heard(words);
    expect(body).not.toContain('Fixed');
    expect(body).not.toContain('Placeholders of the template');
  }
});
