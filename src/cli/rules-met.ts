import type { DocumentKind } from '../model/document.ts';
import type { Report } from '../records/read-report.ts';

/** What a report says of rules: how many texts of each kind were met, and how many findings each rule had. */
export interface Met {
  /** Day of the report, `YYYY-MM-DD`. */
  on: string;
  texts: ReadonlyMap<DocumentKind, number>;
  findings: ReadonlyMap<string, number>;
}

/** Counts texts and findings of a report. Updates of confidential issues are not in it, so they are not counted. */
export function metIn({ subjects, setFindings, generatedAt }: Report): Met {
  const texts = new Map<DocumentKind, number>();
  const findings = new Map<string, number>();
  const add = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { kind, record, findings: found } of subjects) {
    add(texts, kind);
    if (record != null && 'updates' in record) for (const update of record.updates) add(texts, update.kind);
    for (const { rule } of found) add(findings, rule);
  }
  for (const { rule } of setFindings) add(findings, rule);
  return { on: generatedAt.slice(0, 10), texts, findings };
}
