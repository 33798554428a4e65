import { afterEach, describe, expect, test } from '@jest/globals';
import { accessLevels } from '../../src/sandbox/seed.ts';
import {
  benchOn,
  closeAll,
  failureOf,
  manyIssues,
  sandboxWith,
  seedOf,
  stub,
  wire,
} from './helpers/instance.ts';

afterEach(closeAll);

const issues = manyIssues(2);

describe('notes', () => {
  test('a comment comes back as it was stored', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    const note = await gateway.writer.createNote(7, 1, 'Hello,  \r\nworld.\n\n');
    expect(note).toMatchObject({ author: { username: 'kr-bot' }, system: false, internal: false });
    const changed = await gateway.writer.updateNote(7, 1, note.id, 'Bye.');
    expect(changed).toMatchObject({ id: note.id, body: 'Bye.' });
    expect(await gateway.reader.notes(7, 1)).toEqual([changed]);
    await gateway.writer.deleteNote(7, 1, note.id);
    await gateway.writer.deleteNote(7, 1, note.id);
    expect(await gateway.reader.notes(7, 1)).toEqual([]);
  });

  test('202: a new comment that was nothing but quick actions', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const error = await failureOf(benchOn(sandbox.url).gateway.writer.createNote(7, 1, '/close'));
    expect(sandbox.state.issue(7, 1).state).toBe('closed');
    expect(error).toMatchObject({ code: 'rejected', status: 202, outcome: 'not-done' });
    expect(error.message).toBe(
      'GitLab took a comment on issue #1 of project 7 for quick actions: it carried them out and stored no comment (202). Please report the text of the comment: no line of it should begin with "/".',
    );
  });

  test('202: an edit that was nothing but quick actions deletes the comment', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    const { id } = await gateway.writer.createNote(7, 1, 'hello');
    const error = await failureOf(gateway.writer.updateNote(7, 1, id, '/close'));
    expect(error).toMatchObject({ code: 'rejected', status: 202 });
    expect(error.message).toBe(
      `GitLab took comment ${id} on issue #1 of project 7 for quick actions: it carried them out and deleted the comment (202). Please report the text of the comment: no line of it should begin with "/".`,
    );
  });

  test('202: a deletion that is only noted down', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    const { id } = await gateway.writer.createNote(7, 1, 'hello');
    sandbox.setFaults(({ method }) =>
      method === 'DELETE' ? { kind: 'status', status: 202, acted: false } : null,
    );
    const error = await failureOf(gateway.writer.deleteNote(7, 1, id));
    expect(error).toMatchObject({ code: 'rejected', status: 202 });
    expect(error.message).toBe(
      `GitLab only noted down that comment ${id} on issue #1 of project 7 is to be deleted (202), so it may still be there. The next run looks again.`,
    );
  });

  test('a comment from which a quick action was cut', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway } = benchOn(sandbox.url);
    const error = await failureOf(gateway.writer.createNote(7, 1, 'Please look.\n\n/close\n\nThanks.'));
    expect(error).toMatchObject({ code: 'rejected', status: 201 });
    expect(error.message).toBe(
      'GitLab stored a comment on issue #1 of project 7 with another text than we sent. A line that begins with "/" is carried out as a quick action and cut; please look at the comment and report it.',
    );
  });

  test('an issue with 5,000 comments', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf([
        {
          ...issues[0],
          title: 'Full',
          notes: [
            { author: 'ann', body: 'one' },
            { author: 'ann', body: 'two' },
          ],
        },
      ]),
      settings: { maxNotesPerIssue: 2 },
    });
    const error = await failureOf(benchOn(sandbox.url).gateway.writer.createNote(7, 1, 'three'));
    expect(error).toMatchObject({ code: 'note-limit', status: 400, outcome: 'not-done' });
    expect(error.message).toBe(
      'The issue holds as many comments as GitLab allows, 5,000, so we could not create a comment on issue #1 of project 7. Continue in a new issue and close this one.',
    );
  });

  test('a locked discussion', async () => {
    const seed = seedOf([{ ...issues[0], title: 'Locked', discussionLocked: true }], {
      visibility: 'public',
    });
    const sandbox = await sandboxWith({
      seed: { ...seed, groups: [{ path: 'sec', members: { ann: 'maintainer' } }] },
    });
    const error = await failureOf(benchOn(sandbox.url).gateway.writer.createNote(7, 1, 'hello'));
    expect(error).toMatchObject({ code: 'forbidden', status: 403, outcome: 'not-done' });
    expect(error.message).toBe(
      'The discussion of sec/okrs#1 is locked, and only members of the project may comment there, so we could not create a comment on issue #1. Make the bot a member, or unlock the discussion.',
    );
  });

  test('an issue that was moved meanwhile gets no comment and no label', async () => {
    const seed = seedOf(issues);
    const sandbox = await sandboxWith({
      seed: { ...seed, projects: [...(seed.projects ?? []), { id: 8, path: 'sec/other' }] },
    });
    const bench = benchOn(sandbox.url);
    sandbox.state.moveIssue('ann', 7, 1, 8);
    sandbox.resetLog();
    const note = await failureOf(bench.gateway.writer.createNote(7, 1, 'hello'));
    expect(note).toMatchObject({ code: 'moved', outcome: 'not-done' });
    expect(note.message).toBe(
      'sec/okrs#1 was moved to another project meanwhile, so nothing was written on the closed original. The next run finds it in its new place, if that is among the sources.',
    );
    expect(sandbox.countWrites()).toBe(0);
    const labels = await failureOf(bench.gateway.writer.changeLabels(7, 1, { add: ['KR'], remove: [] }));
    expect(labels).toMatchObject({ code: 'moved' });
    expect(labels.message).toMatch(
      /^sec\/okrs#1 was moved to another project meanwhile, and its labels were changed on the closed original only\./,
    );
  });
});

describe('labels', () => {
  test('a new label that the token may not create is dropped without a word, but not by us', async () => {
    const sandbox = await sandboxWith({
      seed: seedOf(issues),
      settings: { createLabelRole: accessLevels.owner },
    });
    const { gateway } = benchOn(sandbox.url);
    const error = await failureOf(
      gateway.writer.changeLabels(7, 1, { add: ['KR', 'kr-hygiene::ok'], remove: ['review'] }),
    );
    expect(error).toMatchObject({ code: 'rejected', status: 200 });
    expect(error.message).toBe(
      'GitLab answered "done" but did not put "kr-hygiene::ok" on sec/okrs#1: the token\'s user may not create labels. Create the label in the project or its group, or give the bot the Planner role.',
    );
  });

  test('a label that stays although it was to go', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/labels', (c) => c.json([{ name: 'a' }, { name: 'b' }]));
      app.put('/api/v4/projects/7/issues/1', (c) => c.json(wire.issue(1, { labels: ['a', 'b'] })));
    });
    const error = await failureOf(
      benchOn(url).gateway.writer.changeLabels(7, 1, { add: ['a'], remove: ['b'] }),
    );
    expect(error).toMatchObject({ code: 'rejected' });
    expect(error.message).toBe(
      'GitLab answered "done" but left "b" on sec/okrs#1. The next run tries again.',
    );
  });

  test('the spelling that GitLab has is the one that is written, and said once', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    const { gateway, events } = benchOn(sandbox.url);
    const issue = await gateway.writer.changeLabels(7, 1, { add: ['REVIEW'], remove: [] });
    await gateway.writer.changeLabels(7, 2, { add: ['REVIEW'], remove: ['kr'] });
    expect(issue.labels).toEqual(['review']);
    expect((await gateway.reader.labels(7)).map(({ name }) => name).sort()).toEqual(['KR', 'review']);
    expect(sandbox.requests.filter(({ path }) => path.endsWith('/labels'))).toHaveLength(1);
    expect(gateway.warnings()).toEqual([
      'The policy says label "REVIEW", GitLab has "review": GitLab\'s spelling is used.',
      'The policy says label "kr", GitLab has "KR": GitLab\'s spelling is used.',
    ]);
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(2);
  });

  test.each(['free', 'premium'] as const)('the sibling of a scope goes by name (%s)', async (tier) => {
    const sandbox = await sandboxWith({
      seed: seedOf([{ ...issues[0], title: 'One', labels: ['KR', 'kr-hygiene::needs-attention'] }]),
      settings: { tier },
    });
    const issue = await benchOn(sandbox.url).gateway.writer.changeLabels(7, 1, {
      add: ['kr-hygiene::ok'],
      remove: ['kr-hygiene::needs-attention'],
    });
    expect(issue.labels).toEqual(['KR', 'kr-hygiene::ok']);
    const put = sandbox.requests.find(({ method }) => method === 'PUT');
    expect(put?.body).toEqual({ add_labels: 'kr-hygiene::ok', remove_labels: 'kr-hygiene::needs-attention' });
  });

  test('nothing to change is no write', async () => {
    const sandbox = await sandboxWith({ seed: seedOf(issues) });
    await benchOn(sandbox.url).gateway.writer.changeLabels(7, 1, { add: [], remove: [] });
    expect(sandbox.countWrites()).toBe(0);
  });
});

describe('answers of an unexpected shape name endpoint and field, never the value', () => {
  test('a single object', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => c.json({ id: 'secret-value', username: '', state: 'active' }));
      app.get('/api/v4/projects/7', (c) => c.json(['secret-value']));
    });
    const { gateway } = benchOn(url);
    const user = await failureOf(gateway.reader.currentUser());
    expect(user).toMatchObject({ code: 'unexpected-response', status: 200 });
    expect(user.message).toBe(
      'GitLab\'s answer to GET /user does not have the expected shape: field "id": expected number, received string; field "username": Too small: expected string to have >=1 characters; field "name": expected string, received undefined. Its version may not be supported; please report this.',
    );
    const project = await failureOf(gateway.reader.project(7));
    expect(project.message).toMatch(
      /^GitLab's answer to GET \/projects\/7 .* the whole answer: expected object, received array/,
    );
    expect(`${user.message}${project.message}`).not.toMatch(/secret-value/);
  });

  test('a list with one bad entry: the others are read, then it fails', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/issues', (c) =>
        c.json([wire.issue(1), wire.issue(2, { title: 5 }), wire.issue(3)]),
      );
    });
    const { gateway } = benchOn(url);
    const read: number[] = [];
    const error = await failureOf(
      (async () => {
        const list = gateway.reader.issues(
          { project: 7 },
          { state: 'opened', labels: [], issueType: 'issue' },
        );
        for await (const { iid } of list) read.push(iid);
      })(),
    );
    expect(read).toEqual([1, 3]);
    expect(error).toMatchObject({ code: 'unexpected-response' });
    expect(error.message).toMatch(
      /^GitLab's answer to GET \/projects\/7\/issues .* field "title": expected string, received number/,
    );
  });

  test('a list that is not one', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/projects/7/members/all', (c) => c.json({ message: 'hello' }));
    });
    const error = await failureOf(benchOn(url).gateway.reader.members(7));
    expect(error.message).toMatch(/^GitLab's answer to GET \/projects\/7\/members\/all is not a list\./);
  });

  test('what the answers hold beyond that is of no interest', async () => {
    const { url } = await stub((app) => {
      app.get('/api/v4/user', (c) => c.json({ ...wire.user, brand_new: { deep: [1] } }));
    });
    expect(await benchOn(url).gateway.reader.currentUser()).toEqual({
      id: 12,
      username: 'kr-bot',
      name: 'KR bot',
      state: 'active',
    });
  });
});
