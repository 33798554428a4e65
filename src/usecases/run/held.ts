import type { SubjectReport } from '../../model/report.ts';

/** Where reports of subjects wait until all subjects are known; JSON texts without line breaks, read once in order. */
export interface Shelf {
  add(line: string): Promise<void>;
  lines(): AsyncIterable<string>;
}

/** Reports that wait, in the order of the scan. */
export interface Held {
  hold(subject: SubjectReport): Promise<void>;
  release(): AsyncIterable<SubjectReport>;
}

/** @param shelf where a backlog may be large; left out: memory */
export function createHeld(shelf?: Shelf): Held {
  const subjects: SubjectReport[] = [];
  if (shelf === undefined) {
    return {
      hold: async (subject) => void subjects.push(subject),
      async *release() {
        yield* subjects;
      },
    };
  }
  return {
    hold: (subject) => shelf.add(JSON.stringify(subject)),
    async *release() {
      for await (const line of shelf.lines()) yield JSON.parse(line) as SubjectReport;
    },
  };
}
