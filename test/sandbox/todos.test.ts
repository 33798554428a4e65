import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { send } from '../helpers/sandbox-client.ts';
import { smallWorld } from './world.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({
    seed: smallWorld([{ title: 'First', author: 'owner' }]),
    settings: { tier: 'premium' },
  });
  sandbox.clock.set('2026-11-21T12:00:00.000Z');
});
afterEach(() => sandbox.close());

const todos = async (token: string, query = ''): Promise<Record<string, unknown>[]> => {
  const { status, body } = await send(sandbox, token, 'GET', `/todos${query}`);
  expect(status).toBe(200);
  return body;
};

test('a mention makes a to-do for the one mentioned, bots too, until they write there', async () => {
  sandbox.state.addNote('owner', 1, 1, 'What do you think, @bot and @developer?');
  expect(await todos('bot')).toMatchObject([
    {
      action_name: 'mentioned',
      target_type: 'Issue',
      target: { iid: 1 },
      body: 'What do you think, @bot and @developer?',
      author: { username: 'owner' },
      project: { path_with_namespace: 'top/one' },
      state: 'pending',
    },
  ]);
  expect(await todos('developer', '?action=mentioned')).toHaveLength(1);
  expect(await todos('developer', '?action=assigned')).toEqual([]);
  expect(await todos('developer', '?project_id=2')).toEqual([]);
  expect(await todos('owner')).toEqual([]);
  sandbox.clock.advance(60_000);
  sandbox.state.addNote('bot', 1, 1, 'This.');
  expect(await todos('bot')).toEqual([]);
  expect(await todos('bot', '?state=done')).toHaveLength(1);
  expect(await todos('developer')).toHaveLength(1);
});

test('an assignment makes one; without a token there is none to see', async () => {
  sandbox.state.editIssue('owner', 1, 1, { assigneeIds: [sandbox.state.user('planner').id] });
  expect(await todos('planner')).toMatchObject([{ action_name: 'assigned' }]);
  expect((await send(sandbox, '', 'GET', '/todos')).status).toBe(401);
});
