import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Works on several things at a time and takes what comes of each in the order in which they were begun. */
export interface InOrder<T> {
  /**
   * Begins with one more, and waits while too many are under way.
   * @throws what a work threw whose turn it is to be taken, and what taking threw
   */
  begin(work: () => Promise<T>): Promise<void>;
  /** Takes all that is left. @throws as `begin` does */
  end(): Promise<void>;
}

/** @param concurrency so many are worked on at a time, and four times as many wait for their turn at most */
export function createInOrder<T>(concurrency: number, take: (result: T) => Promise<void> | void): InOrder<T> {
  const limit = pLimit(concurrency);
  const begun: { result: Promise<T>; isDone: boolean }[] = [];
  const takeFirst = async (): Promise<void> => {
    const first = begun.shift();
    if (first !== undefined) await take(await first.result);
  };
  return {
    async begin(work) {
      const one = { result: limit(work), isDone: false };
      begun.push(one);
      const settle = (): void => void (one.isDone = true);
      // What need not wait for GitLab is through before the next begins, so its garbage is gone while it is young.
      await Promise.race([one.result.then(settle, settle), setImmediate()]);
      while (begun[0]?.isDone === true) await takeFirst();
      if (begun.length >= concurrency * 4) await takeFirst();
    },
    async end() {
      while (begun.length > 0) await takeFirst();
    },
  };
}
