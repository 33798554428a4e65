import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    seed: {
      users: [{ username: 'ann' }, { username: 'bot', bot: true }],
      tokens: [{ value: 't', user: 'bot' }],
      projects: [
        {
          path: 'g/p',
          members: { ann: 'owner', bot: 'reporter' },
          issues: Array.from({ length: 25 }, (_, n) => ({ title: `Issue ${n}`, labels: ['KR'] })),
        },
      ],
    },
  });
});
afterAll(() => sandbox.close());

async function call(path: string, init: RequestInit = {}) {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    ...init,
    headers: { 'private-token': 't', 'content-type': 'application/json' },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

test('a first walk', async () => {
  expect((await call('/user')).body.username).toBe('bot');
  const first = await call('/projects/g%2Fp/issues?labels=KR&pagination=keyset&order_by=created_at&sort=asc');
  expect(first.status).toBe(200);
  expect(first.body).toHaveLength(20);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await call(next.slice(`${sandbox.url}/api/v4`.length));
  expect(second.body).toHaveLength(5);
  expect(second.headers.get('link')).toBeNull();
  const note = await call('/projects/1/issues/1/notes', {
    method: 'POST',
    body: '{"body":"Hello @ann\\n/close"}',
  });
  expect(note.status).toBe(201);
  expect(note.body.body).toBe('Hello @ann');
  expect(sandbox.state.issue(1, 1).state).toBe('closed');
});
