import { asKr, type KrHygieneDocument } from '../model/document.ts';
import type { IssueFacts, KrKeys } from '../model/rule.ts';

/** References and links longer than this are shortened: what set rules keep must stay small. */
const keyLength = 300;

/**
 * What set rules remember of one KR. `people` are the overall DRIs (the assignees), in lower case as GitLab compares
 * names; `okrUrl` is written in one way, so that equal records compare equal.
 */
export function krKeys(document: KrHygieneDocument, facts: IssueFacts, ref: string): KrKeys {
  const kr = asKr(document);
  const url = kr?.okrLink?.url ?? null;
  return {
    ref,
    confidential: facts.confidential ?? false,
    fiscalYear: kr?.title.fiscalYear ?? null,
    quarter: kr?.title.quarter ?? null,
    number: kr?.title.number ?? null,
    reference: kr?.title.reference?.slice(0, keyLength) ?? null,
    okrUrl: url === null ? null : sameRecord(url).slice(0, keyLength),
    people: (facts.assignees ?? []).map((name) => name.toLowerCase()),
  };
}

function sameRecord(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, '')}${search}`;
}
