import type { Finding } from '../model/finding.ts';
import { addTo } from '../model/groups.ts';
import type { PlanFolder } from '../model/plan-folder.ts';
import type { ActiveFolderRule, FolderReport } from '../model/rule.ts';
import { failedRule } from './evaluate.ts';

export interface FolderVerdict {
  /** By the path of the page in which each can be fixed. */
  findings: Map<string, Finding[]>;
  /** Rules that were not asked, each with the reason. */
  skipped: { rule: string; reason: string }[];
}

/** What the rules over a folder say. Pure. A rule that throws is skipped with the reason, never half its findings. */
export function checkFolder(rules: readonly ActiveFolderRule[], folder: PlanFolder): FolderVerdict {
  const findings = new Map<string, Finding[]>();
  const skipped: FolderVerdict['skipped'] = [];
  for (const rule of rules) {
    if (rule.online && folder.online === null) {
      skipped.push({ rule: rule.id, reason: 'it asks GitLab, which takes --online' });
      continue;
    }
    try {
      // All of them first: a rule that throws halfway is skipped as a whole.
      const reports = Array.from(rule.check(folder));
      for (const report of reports) addTo(findings, report.path, toFinding(rule, report));
    } catch (error) {
      skipped.push(failedRule(rule, error));
    }
  }
  return { findings, skipped };
}

function toFinding(rule: ActiveFolderRule, report: FolderReport): Finding {
  const { messageId, message, hint, place, subject } = report;
  return {
    rule: rule.id,
    messageId,
    severity: report.unknown ? 'info' : rule.severity,
    message,
    hint,
    people: [],
    place,
    subject,
    url: rule.url,
    edit: null,
  };
}
