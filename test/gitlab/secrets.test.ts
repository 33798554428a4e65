import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'hono';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { type Bench, benchOn, closeAll, OPEN, stub, TOKEN } from './helpers/instance.ts';

afterEach(closeAll);

/** Everything that can be seen of a thing, hidden parts, causes and stacks included. */
function everythingOf(thing: unknown, seen = new Set<unknown>()): string {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return String(thing);
  seen.add(thing);
  const own = Reflect.ownKeys(thing).map((key) => everythingOf(Reflect.get(thing, key), seen));
  return [inspect(thing, { depth: 10, showHidden: true }), ...own].join('\n');
}

/** Calls whatever can be called, and returns all that was thrown and logged. */
async function callEverything({ gateway: { reader, writer, warnings }, events }: Bench): Promise<string[]> {
  const calls: (() => Promise<unknown>)[] = [
    () => reader.currentUser(),
    () => reader.tokenInfo(),
    () => reader.project('sec/okrs'),
    () => reader.project(7),
    () => reader.issue(7, 1),
    () => reader.notes(7, 1),
    () => reader.members(7),
    () => reader.labels(7),
    async () => {
      for await (const issue of reader.issues({ project: 7 }, OPEN)) expect(issue).toBeDefined();
    },
    async () => {
      for await (const issue of reader.issues({ group: 'sec' }, OPEN)) expect(issue).toBeDefined();
    },
    () => writer.createNote(7, 1, 'hello'),
    () => writer.updateNote(7, 1, 2, 'hello'),
    () => writer.deleteNote(7, 1, 2),
    () => writer.changeLabels(7, 1, { add: ['a'], remove: [] }),
  ];
  const seen: string[] = [];
  for (const call of calls) {
    try {
      await call();
    } catch (error) {
      seen.push(everythingOf(error));
    }
  }
  return [...seen, JSON.stringify(events), ...warnings()];
}

const secretsOf = (context: Context): string => `you sent ${context.req.header('private-token') ?? ''}`;

const answers: [string, (context: Context) => Response | Promise<Response>][] = [
  ...[400, 401, 403, 404, 405, 409, 413, 414, 422, 429, 500, 502, 503, 504].flatMap(
    (status): [string, (context: Context) => Response][] => [
      [
        `${status} as JSON`,
        (c) => c.json({ message: { token: [secretsOf(c)] }, error: secretsOf(c) }, status as 400),
      ],
      [`${status} as HTML`, (c) => c.html(`<title>${secretsOf(c)}</title>`, status as 400)],
    ],
  ),
  ['200 that is no JSON', (c) => c.text(secretsOf(c))],
  [
    '200 that is broken JSON',
    (c) => c.body(`{"${secretsOf(c)}`, 200, { 'content-type': 'application/json' }),
  ],
  [
    '200 of the wrong shape',
    (c) => c.json({ [secretsOf(c)]: secretsOf(c), id: secretsOf(c), labels: [secretsOf(c)] }),
  ],
  ['a list of the wrong shape', (c) => c.json([{ [secretsOf(c)]: 1, id: secretsOf(c), username: 5 }])],
  ['a redirect', (c) => c.redirect(`http://${TOKEN}.example/?private_token=${TOKEN}`, 301)],
  ['a redirect within', (c) => c.redirect(`/api/v4/${TOKEN}`, 302)],
];

describe('the token stays where it is', () => {
  test.each(answers)('%s', async (_name, answer) => {
    const { url, seen } = await stub((app) => app.all('*', answer));
    const all = await callEverything(benchOn(url));
    expect(seen.length).toBeGreaterThan(5);
    expect(all.length).toBeGreaterThan(10);
    for (const text of all) expect(text).not.toContain(TOKEN);
  });

  test('when the connection fails', async () => {
    const { url } = await stub(() => undefined);
    await closeAll();
    for (const text of await callEverything(benchOn(url))) expect(text).not.toContain(TOKEN);
  });

  test('when it cannot be sent at all', () => {
    for (const token of [`${TOKEN}\nx`, `${TOKEN} x`, `${TOKEN}ü`, '', '  ']) {
      let thrown: unknown = null;
      try {
        createGateway({ url: 'https://gitlab.example.com', token });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: 'unauthorized', fatal: true });
      expect(everythingOf(thrown)).not.toContain(TOKEN);
      expect((thrown as Error).message).toBe(
        'The token is empty or holds a blank, a line break or another character that no token has. Copy it again and put it in KR_HYGIENE_TOKEN.',
      );
    }
    expect(() => createGateway({ url: 'https://gitlab.example.com', token: `${TOKEN}\n` })).not.toThrow();
  });

  test('when it was given as the address', () => {
    expect(() => createGateway({ url: TOKEN, token: TOKEN })).toThrow(
      '"(token)" is not the address of a GitLab.',
    );
  });

  test('the checker sees a token that leaks', () => {
    const leaky = new Error('outer', {
      cause: { request: { headers: new Headers({ 'private-token': TOKEN }) } },
    });
    expect(everythingOf(leaky)).toContain(TOKEN);
  });
});
