import { expect, test } from '@jest/globals';
import { withWaivers } from '../../src/assess/waivers.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Timeline } from '../../src/model/timeline.ts';
import { loadFrom, mustLoadFrom } from './helpers.ts';

const severityOf = async (file: string, text: string, id: string) => {
  const { entries } = await mustLoadFrom({ 'policy.yml': '', [file]: text });
  return entries.find((entry) => entry.id === id)?.severity;
};

test('a rule for several kinds goes by one name in every rule file, and by the name it has for the kind', async () => {
  expect(await severityOf('kr.yml', 'rules: { no-leftovers: error }', 'no-template-leftovers')).toBe('error');
  expect(await severityOf('kr.yml', 'rules: { no-template-leftovers: info }', 'no-template-leftovers')).toBe(
    'info',
  );
  expect(await severityOf('plan.yml', 'rules: { no-unreadable: off }', 'no-unreadable-plan')).toBe('off');
});

test('its own words may be given under either name', async () => {
  const { policy } = await mustLoadFrom({
    'policy.yml': '',
    'okr.yml': 'rules: { no-unreadable: { messages: { too-long: "Too long for us: {detail}." } } }',
  });
  const rule = policy.rules.find(({ id }) => id === 'no-unreadable-okr');
  const document = { kind: 'okr', unread: { reason: 'too-long', detail: '2 MB' } };
  const reports = [...(rule?.check(document as never, { template: new Set() } as never) ?? [])];
  expect(reports.map(({ message }) => message)).toEqual(['Too long for us: 2 MB.']);
});

test('both names in one file are an error', async () => {
  const loaded = await loadFrom({
    'policy.yml': '',
    'kr.yml': 'rules:\n  no-leftovers: error\n  no-template-leftovers: off\n',
  });
  expect(loaded).toMatchObject({
    ok: false,
    errors: [
      { code: 'same-rule', line: 2, message: '"no-leftovers" and "no-template-leftovers" are one rule.' },
    ],
  });
});

test('a waiver may name it either way', async () => {
  const { policy } = await mustLoadFrom({ 'policy.yml': '' });
  const finding = { rule: 'no-template-leftovers' } as Finding;
  const waived = (rule: string) => {
    const answer = {
      command: 'waive',
      inForce: true,
      rule,
      by: 'ann',
      until: null,
      because: null,
      noteId: 1,
    };
    return withWaivers([finding], { answers: [answer] } as unknown as Timeline, policy.ruleFamilies)[0]
      ?.waived?.by;
  };
  expect(waived('no-leftovers')).toBe('ann');
  expect(waived('no-template-leftovers')).toBe('ann');
  expect(waived('no-unreadable')).toBeUndefined();
});
