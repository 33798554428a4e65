import type { Note } from './issue.ts';
import {
  botMarker,
  defaultPolicyId,
  isByBot,
  type MarkerText,
  markerLine,
  type NoteOwner,
} from './nudge-note.ts';

/**
 * Recognising pings, the comments of ours that notify. Their marker is of the kind `ping`; its state begins with the
 * day, eight digits, so that two runs of one day can tell that the other was faster.
 */
const VERSION = 1;
const KIND = 'ping';

/** @param on `YYYY-MM-DD`; @param state letters, digits, `-` and `_` only */
export function pingMarker(on: string, state: string, id: string = defaultPolicyId): string {
  return markerLine(VERSION, KIND, `${on.replaceAll('-', '')}${state}`, id);
}

/** The pings among the notes of an issue, oldest first; one is current, the others are to go. */
export function pingsIn(notes: readonly Note[], owner: NoteOwner | null): Note[] {
  if (owner === null) return [];
  const id = owner.policyId ?? defaultPolicyId;
  return notes
    .filter((note) => {
      if (note.system || !isByBot(note, owner)) return false;
      const marker = botMarker(note.body);
      return marker?.id === id && markOf(marker) !== null;
    })
    .sort((a, b) => a.id - b.id);
}

/** What the marker of a ping says: the day, and the state; null when there is none. */
export function pingMark(body: string): { on: string; state: string } | null {
  const marker = botMarker(body);
  return marker === null ? null : markOf(marker);
}

function markOf(marker: MarkerText): { on: string; state: string } | null {
  if (marker.kind !== KIND) return null;
  const parts = /^(\d{4})(\d\d)(\d\d)([\w-]*)$/.exec(marker.state);
  return parts === null ? null : { on: `${parts[1]}-${parts[2]}-${parts[3]}`, state: parts[4] ?? '' };
}
