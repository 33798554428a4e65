import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { botToken, perfectKr, projectId, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: worldSeed([perfectKr]) });
});
afterAll(() => sandbox.close());

const port = () => new URL(sandbox.url).port;

/** Sends a comment with these headers; `fetch` would not let a test choose its `Host`. */
function post(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${sandbox.url}/api/v4/projects/${projectId}/issues/1/notes`,
      {
        method: 'POST',
        headers: { 'private-token': botToken, 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ body: 'hello' }));
  });
}

const notes = () => sandbox.state.notes(projectId, 1).length;

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '10.0.0.1', '[::2]'])(
  'Host %s is answered 421, and nothing happens',
  async (host) => {
    const before = notes();
    expect(await post({ host })).toBe(421);
    expect(notes()).toBe(before);
  },
);

test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
  'a page of %s may not write',
  async (origin) => {
    const before = notes();
    expect(await post({ origin })).toBe(403);
    expect(notes()).toBe(before);
  },
);

test('this machine by any of its names, and the sandbox’s own pages, may', async () => {
  for (const host of [`localhost:${port()}`, `127.0.0.1:${port()}`, `[::1]:${port()}`, 'LOCALHOST'])
    expect(await post({ host })).toBe(201);
  expect(await post({ origin: sandbox.url })).toBe(201);
});
