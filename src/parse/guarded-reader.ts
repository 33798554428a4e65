import { Worker } from 'node:worker_threads';
import { kinds } from '../kinds/index.ts';
import { dayAt, type FiscalCalendar } from '../model/calendar.ts';
import type { DocumentKind, KrHygieneDocument } from '../model/document.ts';
import type { Grammar } from '../model/policy.ts';
import type { AsyncDocumentReader, ReadingContext } from '../model/reader.ts';
import { createDocumentCache, type DocumentCache, hashOf, readerVersion } from './document-cache.ts';
import { examine } from './limits.ts';
import { createReader } from './reader.ts';
import { unreadDocument } from './unread.ts';

export interface GuardedReaderOptions {
  /** Null: nothing is remembered. */
  cache?: DocumentCache | null;
  /** How long a text may take that cannot be vouched for beforehand. */
  deadlineMs?: number;
}

/** What the worker is given. */
export interface ReadingOrder {
  grammar: Grammar;
  calendar: FiscalCalendar;
  kind: DocumentKind;
  text: string;
  context: ReadingContext;
}

/** Far beyond what such a text takes even on a busy machine: the verdict should not depend on the neighbours. */
const defaultDeadline = 30_000;

/**
 * A reader that remembers what it read (unless it is told not to), and reads texts beyond the static limits in another thread, one at a time
 * and with a deadline: one issue cannot hold up the night's run.
 */
export function createGuardedReader(
  grammar: Grammar,
  calendar: FiscalCalendar,
  options: GuardedReaderOptions = {},
): AsyncDocumentReader {
  const { cache = createDocumentCache(), deadlineMs = defaultDeadline } = options;
  const reader = createReader(grammar, calendar);
  const hashes = new Map<DocumentKind, string>();
  let queue: Promise<unknown> = Promise.resolve();

  /** Unvouched texts are read one after the other: each thread has a processor and memory to itself. */
  const inTurn = (read: () => Promise<KrHygieneDocument>): Promise<KrHygieneDocument> => {
    const turn = queue.then(read);
    queue = turn;
    return turn;
  };

  const grammarHash = (kind: DocumentKind): string => {
    const known = hashes.get(kind) ?? hashOf([JSON.stringify(grammar[kind]), JSON.stringify(calendar)]);
    hashes.set(kind, known);
    return known;
  };

  const read = async (
    kind: DocumentKind,
    text: string,
    context: ReadingContext,
  ): Promise<KrHygieneDocument> => {
    const beyond = examine(text);
    if (beyond === null) return reader.read(kind, text, context);
    if (beyond.tryable)
      return await inTurn(() => readInWorker({ grammar, calendar, kind, text, context }, deadlineMs));
    return unreadDocument(kind, grammar[kind], context.title, beyond.unread);
  };

  return {
    template: (kind) => reader.template(kind),
    async read(kind, text, context) {
      if (cache === null) return await read(kind, text, context);
      const { dependsOn } = kinds[kind];
      const key = hashOf([
        String(readerVersion),
        grammarHash(kind),
        kind,
        dependsOn.title ? context.title : '',
        dependsOn.day ? (dayAt(context.now, calendar) ?? '') : '',
        (context.groups ?? []).join(' '),
        text,
      ]);
      // What is confidential now may have been read while it was not.
      if (context.confidential === true) cache.forget(key);
      const known = remembered(kind, cache.get(key));
      if (known !== null) return known;
      const document = await read(kind, text, context);
      // What failed by the clock may fare better on another day.
      const keep = context.confidential !== true && document.unread?.reason !== 'too-slow';
      if (keep) cache.set(key, JSON.stringify(document));
      return document;
    },
  };
}

/** What the cache holds; null: nothing, or (its file may have come from anywhere) no document of this kind. */
function remembered(kind: DocumentKind, text: string | undefined): KrHygieneDocument | null {
  if (text === undefined) return null;
  try {
    const document = JSON.parse(text) as KrHygieneDocument | null;
    return document?.kind === kind ? document : null;
  } catch {
    return null;
  }
}

/** Reads one text in a thread of its own. Never rejects. */
function readInWorker(order: ReadingOrder, deadlineMs: number): Promise<KrHygieneDocument> {
  const unread = (detail: string): KrHygieneDocument =>
    unreadDocument(order.kind, order.grammar[order.kind], order.context.title, {
      reason: 'too-slow',
      detail,
    });
  return new Promise((resolve) => {
    const worker = new Worker(workerCode(), {
      eval: true,
      workerData: order,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 8 },
    });
    const finish = (document: KrHygieneDocument): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(document);
    };
    const timer = setTimeout(() => {
      finish(unread(`reading took longer than ${deadlineMs / 1000} seconds`));
    }, deadlineMs);
    worker.once('message', finish);
    worker.once('error', (error) => {
      finish(unread(`could not be read: ${error instanceof Error ? error.message : String(error)}`));
    });
  });
}

/** The worker is TypeScript while the project runs from source, as it does in tests and benchmarks. */
function workerCode(): string {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = JSON.stringify(
    new URL(fromSource ? './read-worker.ts' : './read-worker.js', import.meta.url).href,
  );
  return fromSource
    ? `import('tsx/esm/api').then((tsx) => (tsx.register(), import(${file})))`
    : `import(${file})`;
}
