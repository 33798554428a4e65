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
    okrUrl: url === null ? null : sameRecord(url, ref).slice(0, keyLength),
    people: (facts.assignees ?? []).map((name) => name.toLowerCase()),
  };
}

const issuePath = /^\/(?:groups\/)?(.+?)\/-\/(issues|work_items|epics)\/(\d+)/i;
/** `acme/okrs#12+s`, `#12`, `&3`, `[epic:acme/3]`, `[work_item:12]` */
const reference =
  /^(?:\[(?<kind>epic|issue|work_item):(?:(?<in>[^\]]*)\/)?(?<iid>\d+)\]|(?<path>[\w./-]*)(?<sign>[#&])(?<id>\d+)(?:\+s?)?)$/i;

/** Null for what is no address. Most references have no colon, and an error takes longer than a look. */
function addressOf(text: string): URL | null {
  if (!text.includes(':')) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * One name for all addresses of a record: GitLab shows an issue under `issues/12` and `work_items/12`, an epic also as a
 * work item of its group, and both have short references, which are relative to the project of the KR.
 */
function sameRecord(url: string, ref: string): string {
  const address = addressOf(url);
  if (address !== null) {
    const { origin, pathname, search } = address;
    const found = issuePath.exec(pathname);
    if (found === null) return `${origin}${pathname.replace(/\/$/, '')}${search}`;
    const [, path = '', , iid = ''] = found;
    const isEpic = /^\/groups\//i.test(pathname);
    return `${path}${isEpic ? '&' : '#'}${iid}`.toLowerCase();
  }
  const { kind, in: group = '', iid, path = group, sign, id = iid } = reference.exec(url)?.groups ?? {};
  if (id === undefined) return url;
  const isEpic = sign === '&' || kind?.toLowerCase() === 'epic';
  const project = ref.replace(/[#&]\d+$/, '');
  const namespace = project.slice(0, Math.max(0, project.lastIndexOf('/')));
  const here = isEpic ? namespace : project;
  const whole = path === '' ? here : isEpic || path.includes('/') ? path : `${namespace}/${path}`;
  return `${whole}${isEpic ? '&' : '#'}${id}`.toLowerCase();
}
