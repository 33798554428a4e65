import { GatewayError } from '../../../src/model/errors.ts';
import type { IssueWriter } from '../../../src/model/ports.ts';

/** The process dies after so many writes: every one after that fails. */
export const dying =
  (after: number) =>
  (writer: IssueWriter): IssueWriter => {
    let left = after;
    const die = (): Promise<never> =>
      Promise.reject(new GatewayError('unreachable', 'killed', { outcome: 'not-done', fatal: true }));
    const limited =
      <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> => {
        left -= 1;
        return left < 0 ? die() : write(...args);
      };
    return {
      createNote: limited((...args: Parameters<IssueWriter['createNote']>) => writer.createNote(...args)),
      updateNote: limited((...args: Parameters<IssueWriter['updateNote']>) => writer.updateNote(...args)),
      deleteNote: limited((...args: Parameters<IssueWriter['deleteNote']>) => writer.deleteNote(...args)),
      changeLabels: limited((...args: Parameters<IssueWriter['changeLabels']>) =>
        writer.changeLabels(...args),
      ),
      editIssue: limited((...args: Parameters<IssueWriter['editIssue']>) => writer.editIssue(...args)),
    };
  };
