import { GatewayError } from '../model/errors.ts';
import type { Note } from '../model/issue.ts';
import type { NoteThread } from '../model/ports.ts';
import { type Client, envelopeOf } from './client.ts';
import { parsePage, readNumberedPages } from './pages.ts';
import { noteSchema } from './schema.ts';
import { toNote } from './to-model.ts';
import { confirmed, postponed } from './writer.ts';

/** The comments of merge requests, under the promises that those of issues have. */
export function createMergeRequestNotes(client: Client): NoteThread {
  const { mergeRequestNotes: resource } = client;
  return {
    async notes(projectId, iid): Promise<Note[]> {
      const notes = await readNumberedPages(
        async (page) => {
          const query = { sort: 'asc', orderBy: 'created_at', perPage: 100, page } as const;
          const result = parsePage(noteSchema, await envelopeOf(resource.all(projectId, iid, query)));
          return { ...result, items: result.items.map(toNote) };
        },
        ({ id }) => id,
      );
      return notes.filter((note) => !note.system);
    },
    async createNote(projectId, iid, body) {
      return confirmed(await envelopeOf(resource.create(projectId, iid, body)), body, 'created');
    },
    async updateNote(projectId, iid, noteId, body) {
      return confirmed(await envelopeOf(resource.edit(projectId, iid, noteId, { body })), body, 'changed');
    },
    async deleteNote(projectId, iid, noteId) {
      try {
        const { status, route } = await envelopeOf(resource.remove(projectId, iid, noteId));
        if (status === 202) throw postponed(route.thing);
      } catch (error) {
        if (!(error instanceof GatewayError && error.code === 'not-found')) throw error;
      }
    },
  };
}
