import { readPageText } from '../../markdown/page-text.ts';
import { mainKind } from '../../model/document.ts';
import { addTo } from '../../model/groups.ts';
import type { PlanFolder, PlanPage } from '../../model/plan-folder.ts';
import type { IssueReader, IssueSource } from '../../model/ports.ts';
import type { SourceFailure } from '../../model/report.ts';
import type { Policy } from '../../model/rule.ts';
import { type CitingKr, pageFinder } from '../../plans/citing-krs.ts';
import { scan } from '../../scan/scan.ts';

export interface CitingKrs {
  /** By the path of the page. */
  byPage: ReadonlyMap<string, CitingKr[]>;
  /** What could not be read: then who cites a plan is not known. */
  failures: SourceFailure[];
}

/**
 * Which KRs link to which plan of a folder. Confidential ones are left out: pages are for everyone.
 * @param folderPath parts of the folder's absolute path
 * @throws GatewayError when no request can succeed
 */
export async function citingKrs(
  folder: PlanFolder,
  folderPath: readonly string[],
  { sources, policy, reader }: { sources: readonly IssueSource[]; policy: Policy; reader: IssueReader },
  now: string,
): Promise<CitingKrs> {
  const find = pageFinder(folder, { folderPath, siteRoot: policy.settings.plans.siteRoot });
  const byPage = new Map<string, CitingKr[]>();
  const failures: SourceFailure[] = [];
  for await (const scanned of scan(sources, policy, reader, now)) {
    if ('failure' in scanned) {
      failures.push(scanned.failure);
      continue;
    }
    const { issue, kind } = scanned;
    if (kind !== mainKind || issue.confidential || !/https?:|\]\(|\]:/i.test(issue.description)) continue;
    const cited = new Set<PlanPage>();
    for (const { url } of readPageText(issue.description).links) {
      const page = find(url);
      if (page !== null) cited.add(page);
    }
    const { ref, title, url, state } = issue;
    for (const { path } of cited) addTo(byPage, path, { ref, title, url, closed: state === 'closed' });
  }
  return { byPage, failures };
}
