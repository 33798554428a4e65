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
  const open = openShelf === undefined ? memoryPart : () => shelfPart(openShelf());
  let part = open();
  const parts = [part];
  return {
    hold: (subject) => part.hold(subject),
    again() {
      part = open();
      parts.unshift(part);
    },
    async *release() {
      for (const { release } of parts) yield* release();
    },
  };
}

type Part = Omit<Held, 'again'>;

function memoryPart(): Part {
  const subjects: SubjectReport[] = [];
  return {
    hold: async (subject) => void subjects.push(subject),
    async *release() {
      yield* subjects;
    },
  };
}

function shelfPart(shelf: Shelf): Part {
  return {
    hold: (subject) => shelf.add(JSON.stringify(subject)),
    async *release() {
      for await (const line of shelf.lines()) yield JSON.parse(line) as SubjectReport;
    },
  };
}
