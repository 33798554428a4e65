import type { SubjectReport } from '../../model/report.ts';

/** Where reports of subjects wait until all subjects are known; JSON texts without line breaks, read once in order. */
export interface Shelf {
  add(line: string): Promise<void>;
  lines(): AsyncIterable<string>;
}

/** Reports that wait, in the order of the scan. */
export interface Held {
  hold(subject: SubjectReport): Promise<void>;
  /** What comes now is before all that was held so far. */
  again(): void;
  release(): AsyncIterable<SubjectReport>;
}

/** @param openShelf where a backlog may be large; left out: memory */
export function createHeld(openShelf?: () => Shelf): Held {
  return openShelf === undefined ? heldInMemory() : heldOn(openShelf);
}

function heldInMemory(): Held {
  let part: SubjectReport[] = [];
  const parts = [part];
  return {
    hold: async (subject) => void part.push(subject),
    again() {
      part = [];
      parts.unshift(part);
    },
    async *release() {
      for (const subjects of parts) for (const subject of subjects) yield subject;
    },
  };
}

function heldOn(openShelf: () => Shelf): Held {
  let shelf = openShelf();
  const shelves = [shelf];
  return {
    hold: (subject) => shelf.add(JSON.stringify(subject)),
    again() {
      shelf = openShelf();
      shelves.unshift(shelf);
    },
    async *release() {
      for (const one of shelves)
        for await (const line of one.lines()) yield JSON.parse(line) as SubjectReport;
    },
  };
}
