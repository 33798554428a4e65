import type { ByteLog } from '../../model/byte-log.ts';
import type { Memory } from '../../model/memory.ts';
import type { Clock, IssueReader, IssueSource, IssueWriter, RequestCounts } from '../../model/ports.ts';
import type { AsyncDocumentReader } from '../../model/reader.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { Policy } from '../../model/rule.ts';
import type { Shelf } from './held.ts';

/** What a run is given: where to look, by which rules, and the ports to look and write through. */
export interface RunOptions {
  sources: readonly IssueSource[];
  policy: Policy;
  documents: AsyncDocumentReader;
  reader: IssueReader;
  /** Null: a dry run, which has nothing to write with. */
  writer: IssueWriter | null;
  clock: Clock;
  /** The reader hands out one issue that was picked out: nothing is said of all KRs together. */
  oneIssue?: boolean;
  /** Waits a moment for a comment that GitLab did not confirm; see `ApplyContext`. */
  settle?: () => Promise<void>;
  requests: () => RequestCounts;
  /** What earlier runs learned; left out: nothing is known, and nothing kept. */
  memory?: Memory;
  /** This run looks at a part of the issues only: what is decided over all of them is left to the merge. */
  shard?: { index: number; total: number } | null;
  /** No request may be sent: what is decided rests on what is known. */
  offline?: boolean;
  /** Where the reports of subjects wait until all are known; left out: memory. */
  shelf?: () => Shelf;
  /** Where what is known of each subject waits until all are known; left out: memory. */
  log?: () => ByteLog;
  /** Called as soon as an issue was looked at; what comes of it may not be decided yet. */
  onProgress?: (subject: Pick<SubjectReport, 'ref'>) => void;
  /** Called once for each KR, in the order of the scan, after the last was looked at. */
  onSubject: (subject: SubjectReport) => void | Promise<void>;
  onFailure?: (failure: SourceFailure) => void;
}
