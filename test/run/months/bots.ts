import { createGateway, type Gateway } from '../../../src/gitlab/gateway.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../../src/sandbox/seed.ts';
import type { Note } from '../../../src/sandbox/world/types.ts';
import { isNudge } from '../../helpers/nudges.ts';
import { now, projectId, worldSeed } from '../../helpers/world.ts';

/** A token that is created anew makes the bot another user. Only Maintainers may edit what the one before wrote. */
const users = Array.from({ length: 12 }, (_, index) => ({
  username: index === 0 ? 'kr-bot' : `project_1_bot_${index}`,
  token: `months-token-${index}-1234567890`,
  mayEditOthers: index % 3 !== 2,
}));

export async function startMonths(issues: readonly IssueSeed[], at = now): Promise<Sandbox> {
  const seed = worldSeed(issues);
  const groups = (seed.groups ?? []).map((group) => ({
    ...group,
    members: {
      ...group.members,
      ...Object.fromEntries(
        users.map(({ username, mayEditOthers }) => [
          username,
          mayEditOthers ? ('maintainer' as const) : ('planner' as const),
        ]),
      ),
    },
  }));
  return startSandbox({
    seed: {
      ...seed,
      groups,
      users: [
        ...(seed.users ?? []).filter(({ username }) => username !== 'kr-bot'),
        ...users.map(({ username }) => ({ username, bot: true })),
      ],
      tokens: users.map(({ username, token }) => ({ value: token, user: username, scopes: ['api'] })),
    },
    clock: () => new Date(at),
  });
}

/** The bot under its tokens, one after the other. */
export interface Bots {
  /** The token expires and another one is created; false: no further one is left. */
  recreate(): boolean;
  /** User names under earlier tokens, as the policy names them. */
  former(): string[];
  gateway(options?: Partial<Parameters<typeof createGateway>[0]>): Gateway;
  /** All comments of the bot, under whatever token, oldest first. */
  written(iid: number): Note[];
  /** Those that the present token may edit. */
  nudges(iid: number): Note[];
  pings(iid: number): Note[];
  /** Those it may not edit. */
  lost(): Map<number, string>;
}

export function createBots(sandbox: Sandbox): Bots {
  let present = 0;
  const { state } = sandbox;
  const idOf = (index: number): number => state.user(users[index]?.username ?? '').id;
  const ids = new Set(users.map((_, index) => idOf(index)));
  const written = (iid: number): Note[] =>
    state.notes(projectId, iid).filter((note) => !note.system && ids.has(note.authorId));
  const mayEdit = (note: Note): boolean =>
    note.authorId === idOf(present) || users[present]?.mayEditOthers === true;
  return {
    recreate() {
      if (present + 1 >= users.length) return false;
      state.revokeToken(users[present]?.token ?? '');
      present += 1;
      return true;
    },
    former: () => users.slice(0, present).map(({ username }) => username),
    gateway: (options = {}) =>
      createGateway({
        url: sandbox.url,
        token: users[present]?.token ?? '',
        requestsPerMinute: 1e6,
        notesPerMinute: 1e6,
        ...options,
      }),
    written,
    nudges: (iid) => written(iid).filter((note) => mayEdit(note) && isNudge(note.body)),
    pings: (iid) => written(iid).filter((note) => mayEdit(note) && isPing(note.body)),
    lost: () =>
      new Map(
        state
          .issues(projectId)
          .flatMap(({ iid }) => written(iid))
          .filter((note) => !mayEdit(note))
          .map(({ id, body }) => [id, body]),
      ),
  };
}

export const isPing = (body: string): boolean => body.includes('<!-- kr-hygiene 1 ping ');
