import { kinds } from '../kinds/index.ts';
import type { Activity } from '../model/activity.ts';
import type { DocumentKind } from '../model/document.ts';
import type { Note } from '../model/issue.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import { liveLines } from '../parse/live-lines.ts';
import type { Bots } from '../timeline/people.ts';
import { personalComments } from '../timeline/timeline.ts';
import type { UpdateDocument } from '../timeline/updates.ts';

export interface CommentReading {
  readUpdate: (note: Note) => UpdateDocument | null;
  liveLines: (note: Note) => readonly string[];
}

export interface CommentsInput {
  kind: DocumentKind;
  activity: Pick<Activity, 'comments'>;
  bots: Bots;
  groups: readonly string[];
  confidential: boolean;
  /** What a command line may begin with, in lower case: comments without it hold no command. */
  openings: readonly string[];
}

/** Reads the comments of people: as updates or check-ins, and for lines that may be commands. */
export async function readComments(
  { kind, activity, bots, groups, confidential, openings }: CommentsInput,
  documents: AsyncDocumentReader,
): Promise<CommentReading> {
  const as = kinds[kind].comments;
  const read = new Map<number, UpdateDocument>();
  const comments = personalComments(activity, bots);
  if (as !== null)
    for (const { id, body, createdAt } of comments) {
      // A day without a year is the nearest one to the day of writing, whenever it is read.
      const document = await documents.read(as, body, { title: '', now: createdAt, groups, confidential });
      if (document.kind === 'weekly-update' || document.kind === 'check-in') read.set(id, document);
    }
  return {
    readUpdate: ({ id }) => read.get(id) ?? null,
    liveLines: ({ body }) => {
      const lower = body.toLowerCase();
      return openings.some((opening) => lower.includes(opening)) ? liveLines(body) : [];
    },
  };
}
