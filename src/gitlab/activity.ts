import type { Activity, LabelEvent, Reaction, StateEvent } from '../model/activity.ts';
import { GatewayError } from '../model/errors.ts';
import type { Note } from '../model/issue.ts';
import { type Client, envelopeOf } from './client.ts';
import { type Page, parsePage, readNumberedPages } from './pages.ts';
import { labelEventSchema, noteSchema, reactionSchema, stateEventSchema } from './schema.ts';
import { toLabelEvent, toNote, toReaction, toStateEvent } from './to-model.ts';

const PER_PAGE = 100;

/** One page of notes, oldest first; a page can hold fewer than it was asked for while more follow (docs/gitlab.md §3). */
export async function notesPage(
  client: Client,
  where: { projectId: number; iid: number; filter: 'only_comments' | 'all_notes' },
  page: number,
): Promise<Page<Note>> {
  const query = {
    sort: 'asc',
    orderBy: 'created_at',
    activityFilter: where.filter,
    perPage: PER_PAGE,
    page,
  };
  // gitbeaker's types do not know `activityFilter`, and what `page` does to the answer is of no interest here.
  const call = client.notes.all(where.projectId, where.iid, query as Parameters<Client['notes']['all']>[2]);
  const result = parsePage(noteSchema, await envelopeOf(call));
  return { ...result, items: result.items.map(toNote) };
}

type Untold = NonNullable<Activity['untold']>[number];

/** Reads label and state events; remembers which of them this GitLab does not know. */
export interface EventReader {
  /** @throws GatewayError when a list could not be read to its end */
  read(
    projectId: number,
    iid: number,
  ): Promise<{ labelEvents: LabelEvent[]; stateEvents: StateEvent[]; untold: Untold[] }>;
}

/** The issue was read before: a 404 of its events says that this GitLab, or this token, knows no such route. */
export function createEventReader(client: Client): EventReader {
  const unknown = new Map<number, Set<Untold>>();
  const tell = async <T>(projectId: number, name: Untold, read: () => Promise<T[]>): Promise<T[] | null> => {
    if (unknown.get(projectId)?.has(name) === true) return null;
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'not-found') throw error;
      unknown.set(projectId, new Set([...(unknown.get(projectId) ?? []), name]));
      return null;
    }
  };
  return {
    async read(projectId, iid) {
      const [labels, states] = await Promise.all([
        tell(projectId, 'label events', () => labelEvents(client, projectId, iid)),
        tell(projectId, 'state events', () => stateEvents(client, projectId, iid)),
      ]);
      const untold: Untold[] = [
        ...(labels === null ? (['label events'] as const) : []),
        ...(states === null ? (['state events'] as const) : []),
      ];
      return { labelEvents: labels ?? [], stateEvents: states ?? [], untold };
    },
  };
}

async function labelEvents(client: Client, projectId: number, iid: number): Promise<LabelEvent[]> {
  const events = await readNumberedPages(
    async (page) => {
      const call = client.labelEvents.all(projectId, iid, { perPage: PER_PAGE, page });
      const result = parsePage(labelEventSchema, await envelopeOf(call));
      return { ...result, items: result.items.map(toLabelEvent) };
    },
    ({ id }) => id,
  );
  return inOrder(events);
}

async function stateEvents(client: Client, projectId: number, iid: number): Promise<StateEvent[]> {
  const events = await readNumberedPages(
    async (page) => {
      const call = client.stateEvents.all(projectId, iid, { perPage: PER_PAGE, page });
      return parsePage(stateEventSchema, await envelopeOf(call));
    },
    ({ id }) => id,
  );
  return inOrder(events.map(toStateEvent).filter((event) => event !== null));
}

/** Emoji reactions to a comment. They touch neither comment nor issue, so no scan finds them (docs/gitlab.md §24). */
export async function readReactions(
  client: Client,
  { projectId, iid, noteId }: { projectId: number; iid: number; noteId: number },
): Promise<Reaction[]> {
  const reactions = await readNumberedPages(
    async (page) => {
      const call = client.reactions.all(projectId, iid, noteId, { perPage: PER_PAGE, page });
      const result = parsePage(reactionSchema, await envelopeOf(call));
      return { ...result, items: result.items.map(toReaction) };
    },
    ({ id }) => id,
  );
  return inOrder(reactions);
}

/** Ids are given in the order of creation. */
const inOrder = <T extends { id: number }>(things: readonly T[]): T[] =>
  [...things].sort((a, b) => a.id - b.id);
