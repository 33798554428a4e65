import { expect, test } from '@jest/globals';
import { GatewayError } from '../../src/model/errors.ts';
import type { Project } from '../../src/model/issue.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSeed } from '../../src/sandbox/seed.ts';
import { createVisibility, type VisibilityOf } from '../../src/usecases/run/visibility.ts';
import { brokenKr, runOn, worldSeed } from '../helpers/world.ts';

const kinds = ['private', 'internal', 'public'];

const project = (id: number): Project => ({
  id,
  path: `sec/p${id}`,
  webUrl: `https://gitlab.test/sec/p${id}`,
  archived: false,
  issuesEnabled: true,
  visibility: kinds[id % 3] as string,
});

interface Asked {
  visibilityOf: VisibilityOf;
  /** Ids of projects asked for, and numbers of pages. */
  singly: number[];
  pages: number[];
}

/** A group whose list holds these projects; every project can be asked for. */
function asked(listed: readonly number[], failing: { page?: number; project?: number } = {}): Asked {
  const singly: number[] = [];
  const pages: number[] = [];
  const refused = (): GatewayError => new GatewayError('forbidden', 'no');
  const reader = {
    project: (id: string | number) => {
      singly.push(Number(id));
      return id === failing.project ? Promise.reject(refused()) : Promise.resolve(project(Number(id)));
    },
    async *projectsOf() {
      for (let page = 1; page === 1 || listed.length > (page - 1) * 100; page += 1) {
        pages.push(page);
        if (page === failing.page) throw refused();
        yield await Promise.resolve(listed.slice((page - 1) * 100, page * 100).map(project));
      }
    },
  };
  return { visibilityOf: createVisibility(reader, [{ project: 'a/b' }, { group: 'sec' }]), singly, pages };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

async function expectAll({ visibilityOf }: Asked, ids: readonly number[]): Promise<void> {
  const told = await Promise.all(ids.map(visibilityOf));
  expect(told).toEqual(ids.map((id) => kinds[id % 3]));
}

test('a few projects are asked for one by one, each once', async () => {
  const few = asked(upTo(500));
  await expectAll(few, upTo(20));
  await expectAll(few, upTo(20));
  expect(few).toMatchObject({ singly: upTo(20), pages: [] });
});

test('of many the list of the group tells, page by page, as long as one is not known', async () => {
  const many = asked(upTo(1_000));
  await expectAll(many, upTo(1_000));
  expect(many).toMatchObject({ singly: upTo(20), pages: upTo(10) });
  const first = asked(upTo(1_000));
  await expectAll(first, upTo(90));
  expect(first.pages).toEqual([1]);
});

test('what no list tells is asked for by itself, and a list is never read twice', async () => {
  const shared = asked(upTo(150));
  await expectAll(shared, [...upTo(150), 900, 901]);
  await expectAll(shared, [902]);
  expect(shared).toMatchObject({ singly: [...upTo(20), 900, 901, 902], pages: [1, 2] });
});

test('a list that breaks off, and a project that cannot be read, keep nothing from being told later', async () => {
  const broken = asked(upTo(300), { page: 2, project: 290 });
  await expectAll(broken, upTo(289));
  expect(broken.pages).toEqual([1, 2]);
  expect(broken.singly).toEqual([...upTo(20), ...upTo(289).slice(100)]);
  await expect(broken.visibilityOf(290)).rejects.toThrow('no');
  await expect(broken.visibilityOf(290)).rejects.toThrow('no');
  expect(broken.singly.filter((id) => id === 290)).toHaveLength(2);
});

test('a first night over a group asks for its many projects by list, and still names no private one in public', async () => {
  const seed = worldSeed([brokenKr]);
  const [okrs] = seed.projects ?? [];
  const projects = upTo(60).map((n): NonNullable<SandboxSeed['projects']>[number] => ({
    ...okrs,
    id: n,
    path: `sec/p${n}`,
    visibility: n % 2 === 0 ? 'public' : 'private',
    issues: [{ ...brokenKr, createdAt: `2026-11-03T08:00:${String(n % 60).padStart(2, '0')}.000Z` }],
  }));
  const sandbox = await startSandbox({
    seed: { ...seed, projects },
    clock: () => new Date('2026-11-23T09:00:00Z'),
  });
  try {
    const newComments = { perRun: 60, perPersonPerWeek: 2 };
    await runOn(sandbox, { sources: [{ group: 'sec' }], reminders: { newComments } });
    const count = (route: string): number =>
      sandbox.requests.filter(({ method, path }) => method === 'GET' && path === route).length;
    expect(count('/api/v4/groups/sec/projects')).toBe(1);
    const written = upTo(60).flatMap((id) => {
      const notes = sandbox.state.notes(id, 1).filter(({ system }) => !system);
      return notes.map(({ body }) => ({ id, body }));
    });
    expect(written.length).toBeGreaterThan(0);
    for (const { id, body } of written) {
      const named = [...body.matchAll(/sec\/p(\d+)#1/g)].map(([, n]) => Number(n));
      expect(named.some((n) => n !== id)).toBe(true);
      if (id % 2 === 0) expect(named.filter((n) => n % 2 === 1)).toEqual([]);
    }
  } finally {
    await sandbox.close();
  }
});
