import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Answer, send } from '../helpers/sandbox-client.ts';
import { smallWorld } from './world.ts';

let sandbox: Sandbox;
const start = '2026-11-21T12:00:00.000Z';
beforeEach(async () => {
  sandbox = await startSandbox({
    seed: smallWorld([
      {
        title: 'First',
        author: 'owner',
        assignees: ['developer'],
        labels: ['KR'],
        createdAt: '2026-11-01T00:00:00Z',
      },
      { title: 'Second', author: 'guest', createdAt: '2026-11-02T00:00:00Z' },
      { title: 'Secret', author: 'owner', confidential: true },
      { title: 'Locked', author: 'owner', discussionLocked: true },
    ]),
  });
  sandbox.clock.set(start);
});
afterEach(() => sandbox.close());

const notes = '/projects/1/issues/1/notes';
const post = (token: string, body: string, path = notes): Promise<Answer> =>
  send(sandbox, token, 'POST', path, { body });
const put = (token: string, id: number, body: string): Promise<Answer> =>
  send(sandbox, token, 'PUT', `${notes}/${id}`, { body });

describe('quick actions', () => {
  test('run on POST and are cut from the text', async () => {
    const answer = await post('bot', 'Hello\n\n/label ~review\n/close\n\nBye');
    expect(answer.status).toBe(201);
    expect(answer.body.body).toBe('Hello\n\nBye');
    expect(answer.body.commands_changes).toMatchObject({ state_event: 'close' });
    expect(sandbox.state.issue(1, 1).state).toBe('closed');
    expect(sandbox.state.labels(1, 1)).toEqual(['KR', 'review']);
  });

  test('a POST of commands only creates nothing and answers 202', async () => {
    const answer = await post('bot', '/close');
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      commands_changes: { state_event: 'close' },
      summary: ['Closed this issue.'],
    });
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
  });

  test('a PUT of commands only deletes the note: 202, or 400 when nothing took effect', async () => {
    const first = (await post('bot', 'Hello')).body.id as number;
    expect((await put('bot', first, '/close')).status).toBe(202);
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
    const second = (await post('bot', 'Hello again')).body.id as number;
    expect((await put('bot', second, '/close')).status).toBe(400);
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
  });

  test('a POST of commands without effect is 400 and creates nothing', async () => {
    const answer = await post('bot', '/reopen');
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe('400 Bad request - Could not apply reopen command.');
    expect(sandbox.state.notes(1, 1)).toHaveLength(0);
  });

  test.each([
    ['first column of a paragraph', 'a\n/close', true],
    ['upper case', '/CLOSE', true],
    ['after a blank line inside details', '<details>\n\n/close\n\n</details>', true],
    ['an argument that is ignored', '/close now', true],
    ['indented', 'a\n /close', false],
    ['in a code block', '```\n/close\n```', false],
    ['in indented code', 'a\n\n    /close', false],
    ['in a quote', '> /close', false],
    ['in a list item', '- a\n- /close', false],
    ['in an HTML block', '<details>\n/close\n</details>', false],
    ['in an HTML comment', '<!--\n/close\n-->', false],
    ['in a code span', 'a `b\n/close\nc`', false],
    ['between tags of a paragraph', 'a\n<b>\n/close\n</b>', false],
    ['behind an entity', 'a\n&#47;close', false],
    ['a longer word', '/closed', false],
    ['an unknown command', '/frobnicate', false],
    ['back-ticks that never close', 'a ` b\n/close', true],
    ['three back-ticks, which are a pair of their own', 'a ``` b\n/close\nc ` d', true],
    ['after a code span', '`a` b\n/close', true],
    ['a back-tick in an argument', '/close `now\nthen` x', true],
    ['a fence that is not one', '```a`b\n/close', true],
    ['in a multi-line quote', '>>>\n/close\n>>>', false],
    ['behind a multi-line quote', '>>>\nx\n>>>\n/close', true],
    ['in a multi-line quote that no one closes', '>>>\n/close', false],
    ['behind a quote that ends inside a code block', '>>>\n```\n>>>\n/close\n```', true],
    ['behind an alert that ends inside a code block', '>>> [!note]\n```\n>>>\n/close\n```', true],
    ['in a code block with quote marks', '```\n>>>\n/close\n>>>\n```', false],
    ['a long quote needs a long end', '>>>>\n>>>\n/close\n>>>>', false],
    ['a path', '/close/d', false],
    ['a zero-width space in front', '\u200b/close', false],
  ])('%s', async (_, text, runs) => {
    await post('bot', `Text before.\n\n${text}\n\nText after.`);
    expect(sandbox.state.issue(1, 1).state).toBe(runs ? 'closed' : 'opened');
    expect(sandbox.state.notes(1, 1)[0]?.body.includes('close')).toBe(!runs && text.includes('close'));
  });

  test('run with the rights of the token: a guest closes only what is theirs', async () => {
    expect((await post('guest', 'a\n/close')).status).toBe(201);
    expect(sandbox.state.issue(1, 1).state).toBe('opened');
    await post('guest', 'a\n/close', '/projects/1/issues/2/notes');
    expect(sandbox.state.issue(1, 2).state).toBe('closed');
  });

  test('in a description too', async () => {
    const answer = await send(sandbox, 'bot', 'PUT', '/projects/1/issues/1', {
      description: 'Text\n\n/label ~review',
    });
    expect(answer.body).toMatchObject({ description: 'Text', labels: ['KR', 'review'] });
  });
});

test('a long s counts as an s: cut out, but nothing happens', async () => {
  expect((await post('bot', 'a\n/clo\u017Fe\nb')).body.body).toBe('a\nb');
  expect(sandbox.state.issue(1, 1).state).toBe('opened');
});

describe('what is stored', () => {
  test('carriage returns and trailing blanks are lost', async () => {
    expect((await post('bot', 'a\r\nb  \n\n  ')).body.body).toBe('a\nb');
  });

  test('blank, missing and overlong bodies are refused in words', async () => {
    expect((await post('bot', ' \n')).body.message).toBe(
      `400 Bad request - Note {:note=>["can't be blank"]}`,
    );
    expect((await send(sandbox, 'bot', 'POST', notes, {})).body).toEqual({ error: 'body is missing' });
    const long = await post('bot', 'x'.repeat(1_000_001));
    expect(long.status).toBe(400);
    expect(long.body.message).toContain('is too long (maximum is 1000000 characters)');
    expect((await post('bot', 'x'.repeat(1_000_000))).status).toBe(201);
  });

  test('5,000 notes and no more, system notes counted', async () => {
    sandbox.settings.maxNotesPerIssue = 3;
    await post('bot', 'one');
    sandbox.state.addNote('owner', 1, 2, 'See #1');
    expect(sandbox.state.notes(1, 1).at(-1)).toMatchObject({ system: true, body: 'mentioned in issue #2' });
    await post('bot', 'two');
    const refused = await post('bot', 'three');
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain('Maximum number of comments exceeded');
  });

  test('user_notes_count leaves system notes out; a cross-reference is noted once', async () => {
    sandbox.state.addNote('owner', 1, 2, 'See #1 and top/one#1');
    sandbox.state.addNote('owner', 1, 2, `Again ${sandbox.url}/top/one/-/work_items/1`);
    await post('bot', 'one');
    const issue = await send(sandbox, 'bot', 'GET', '/projects/1/issues/1');
    expect(issue.body.user_notes_count).toBe(1);
    expect((await send(sandbox, 'bot', 'GET', notes)).body).toHaveLength(2);
    const comments = await send(sandbox, 'bot', 'GET', `${notes}?activity_filter=only_comments`);
    expect(comments.body.map((note: { body: string }) => note.body)).toEqual(['one']);
  });
});

test('a reference from a confidential issue is for those who can read that', async () => {
  sandbox.state.addNote('owner', 1, 3, 'See #1');
  const read = async (token: string) => (await send(sandbox, token, 'GET', notes)).body.length as number;
  expect([await read('planner'), await read('guest')]).toEqual([1, 0]);
});

describe('touching the issue', () => {
  test('notes move updated_at, but not within a minute', async () => {
    const updated = () => new Date(sandbox.state.issue(1, 1).updatedAt).toISOString();
    const id = (await post('bot', 'one')).body.id as number;
    expect(updated()).toBe(start);
    sandbox.clock.advance(59_000);
    await put('bot', id, 'two');
    expect(updated()).toBe(start);
    sandbox.clock.advance(1_000);
    await put('bot', id, 'two');
    expect(updated()).toBe('2026-11-21T12:01:00.000Z');
    sandbox.clock.advance(120_000);
    await send(sandbox, 'bot', 'DELETE', `${notes}/${id}`);
    expect(updated()).toBe('2026-11-21T12:01:00.000Z');
  });
});

describe('who hears of it', () => {
  const mails = (name: string) =>
    sandbox.state.mailsTo(name).map((notice) => `${notice.what} ${notice.reason}`);
  const todos = (name: string) => sandbox.state.todosOf(name).length;

  test('a new mention makes a mail and a to-do; people who take part get mail', async () => {
    await post('bot', 'Hello @maintainer, and `@planner`, \\@reporter, x@guest');
    expect([mails('maintainer'), todos('maintainer')]).toEqual([['note mentioned'], 1]);
    expect([mails('developer'), todos('developer')]).toEqual([['note assigned'], 0]);
    expect(mails('owner')).toEqual(['note author']);
    for (const name of ['planner', 'reporter', 'guest']) expect([mails(name), todos(name)]).toEqual([[], 0]);
  });

  test('a mention that an edit adds makes a to-do but no mail; earlier ones hear nothing', async () => {
    const id = (await post('bot', 'Hello @maintainer')).body.id as number;
    await put('bot', id, 'Hello @maintainer and @planner');
    expect([mails('planner'), todos('planner')]).toEqual([[], 1]);
    expect([mails('maintainer').length, todos('maintainer')]).toEqual([1, 1]);
  });

  test('a mention that a description edit adds makes both', async () => {
    await send(sandbox, 'bot', 'PUT', '/projects/1/issues/1', { description: 'For @planner' });
    expect([mails('planner'), todos('planner')]).toEqual([['description mentioned'], 1]);
    await send(sandbox, 'bot', 'PUT', '/projects/1/issues/1', { description: 'Still for @planner' });
    expect([mails('planner').length, todos('planner')]).toEqual([1, 1]);
  });

  test('@group reaches its members, @all everybody unless that is switched off; strangers and bots get nothing', async () => {
    await post('owner', '@top');
    expect(todos('guest')).toBe(1);
    sandbox.settings.disableAllMention = true;
    await post('owner', '@all @stranger @bot');
    expect(todos('guest')).toBe(1);
    sandbox.settings.disableAllMention = false;
    await post('owner', '@all');
    expect(todos('guest')).toBe(2);
    expect([mails('stranger'), mails('bot')]).toEqual([[], []]);
  });

  test.each([
    ['a code block', '```\n@planner\n```', 0],
    ['a link text', '[@planner](https://example.test)', 0],
    ['a comment', '<!-- @planner -->', 0],
    ['an attribute', '<a title="@planner">x</a>', 0],
    ['HTML', '<div>@planner</div>', 1],
    ['bold', '**@planner**', 1],
    ['an entity', '&#64;planner', 1],
    ['a full stop behind', 'Ask @planner.', 1],
    ['a table', '| a |\n|---|\n| @planner |', 1],
    ['a broken code span', '`@planner', 1],
    ['a zero-width break', '@\u200bplanner', 0],
  ])('a mention in %s', async (_, text, count) => {
    await post('bot', text);
    expect(todos('planner')).toBe(count);
  });

  test('on a confidential issue only those who can read it', async () => {
    await post('owner', 'Hello @guest @planner', '/projects/1/issues/3/notes');
    expect([todos('guest'), todos('planner')]).toEqual([0, 1]);
  });
});

describe('rights', () => {
  test('edit and delete: the author, or Maintainer and above; system notes no one', async () => {
    const id = (await post('reporter', 'mine')).body.id as number;
    expect((await put('developer', id, 'x')).status).toBe(403);
    expect((await put('maintainer', id, 'x')).status).toBe(200);
    sandbox.state.addNote('owner', 1, 2, 'See #1');
    const system = sandbox.state.notes(1, 1).find((note) => note.system)?.id ?? 0;
    expect((await put('owner', system, 'x')).status).toBe(403);
    expect((await send(sandbox, 'reporter', 'DELETE', `${notes}/${id}`)).status).toBe(204);
    expect((await send(sandbox, 'reporter', 'DELETE', `${notes}/${id}`)).status).toBe(404);
  });

  test('internal notes: from Planner up, unread below, fixed at creation', async () => {
    expect((await send(sandbox, 'guest', 'POST', notes, { body: 'x', internal: true })).status).toBe(403);
    const made = await send(sandbox, 'planner', 'POST', notes, { body: 'x', internal: true });
    expect(made.body).toMatchObject({ internal: true, confidential: true });
    await post('planner', 'y');
    const page = await send(sandbox, 'guest', 'GET', notes);
    expect(page.body).toHaveLength(1);
    expect(page.headers.get('x-total')).toBe('2');
    expect((await send(sandbox, 'guest', 'GET', `${notes}/${made.body.id}`)).status).toBe(404);
  });

  test('a locked discussion is for members', async () => {
    sandbox.state.project(1).visibility = 'public';
    expect((await post('guest', 'x', '/projects/1/issues/4/notes')).status).toBe(201);
    expect((await post('stranger', 'x', '/projects/1/issues/4/notes')).status).toBe(403);
    expect((await post('stranger', 'x')).status).toBe(201);
  });

  test('notes need a token even where issues are public', async () => {
    sandbox.state.project(1).visibility = 'public';
    expect((await send(sandbox, null, 'GET', '/projects/1/issues/1')).status).toBe(200);
    expect((await send(sandbox, null, 'GET', notes)).status).toBe(401);
  });

  test('created_at is for owners', async () => {
    const body = { body: 'x', created_at: '2026-01-01T00:00:00Z' };
    expect((await send(sandbox, 'bot', 'POST', notes, body)).body.created_at).toBe(start);
    expect((await send(sandbox, 'owner', 'POST', notes, body)).body.created_at).toBe(
      '2026-01-01T00:00:00.000Z',
    );
  });

  test('If-Unmodified-Since is honoured on DELETE only', async () => {
    const id = (await post('bot', 'x')).body.id as number;
    const early = { 'if-unmodified-since': 'Sat, 01 Nov 2025 00:00:00 GMT' };
    expect((await send(sandbox, 'bot', 'PUT', `${notes}/${id}`, { body: 'y' }, early)).status).toBe(200);
    expect((await send(sandbox, 'bot', 'DELETE', `${notes}/${id}`, undefined, early)).status).toBe(412);
  });
});

test('a reply turns a comment into a thread, and threads can be resolved', async () => {
  await post('bot', 'alone');
  const [before] = (await send(sandbox, 'bot', 'GET', '/projects/1/issues/1/discussions')).body;
  expect(before).toMatchObject({ individual_note: true, notes: [{ type: null, resolvable: false }] });
  expect(before.id).toMatch(/^[0-9a-f]{40}$/);
  const path = `/projects/1/issues/1/discussions/${before.id}`;
  expect((await send(sandbox, 'bot', 'PUT', path, { resolved: true })).status).toBe(403);
  expect((await post('guest', 'a reply', `${path}/notes`)).status).toBe(201);
  sandbox.clock.advance(5_000);
  expect((await send(sandbox, 'guest', 'PUT', path, { resolved: true })).status).toBe(403);
  const resolved = await send(sandbox, 'planner', 'PUT', path, { resolved: true });
  expect(resolved.body).toMatchObject({ individual_note: false });
  expect(resolved.body.notes[0]).toMatchObject({ resolved: true, resolved_by: { username: 'planner' } });
  expect(resolved.body.notes[0].updated_at).toBe('2026-11-21T12:00:05.000Z');
});
