import type { DocumentOf, Place } from '../model/document.ts';
import type { PageText, PlanItem } from '../model/plan-folder.ts';
import { isGenerated, itemKey } from '../model/plan-folder.ts';

const path = String.raw`[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,250}[\p{L}\p{N}_-])?`;
const epicAddress = new RegExp(
  String.raw`^(https?://[^/\s?#]+)((?:/${path}){0,5}?)/groups/((?:${path}/){1,21})-/(?:epics|work_items)/(\d{1,10})(?:[/?#]|$)`,
  'iu',
);
const issueAddress = new RegExp(
  String.raw`^(https?://[^/\s?#]+)/((?:${path}/){2,22})-/(?:issues|work_items)/(\d{1,10})(?:[/?#]|$)`,
  'iu',
);
const epicReference = new RegExp(String.raw`^((?:${path})(?:/${path}){0,20})?&(\d{1,10})$`, 'iu');
const epicTag = /^\[epic:([a-z0-9_./-]{0,250}?)\/?(\d{1,10})\]$/i;

/** An epic or issue, by its address or reference; null: it is neither. */
export function itemOf(written: string, place: Place): PlanItem | null {
  const epic = epicAddress.exec(written);
  if (epic !== null) {
    const [, origin = '', below = '', parent = '', iid = ''] = epic;
    return item('epic', `${origin}${below}`, parent, iid, written, place);
  }
  const issue = issueAddress.exec(written);
  if (issue !== null) {
    const [, origin = '', parent = '', iid = ''] = issue;
    return item('issue', origin, parent, iid, written, place);
  }
  const reference = epicReference.exec(written) ?? epicTag.exec(written);
  if (reference === null) return null;
  return item('epic', null, reference[1] ?? '', reference[2] ?? '', written, place);
}

function item(
  type: PlanItem['type'],
  origin: string | null,
  parent: string,
  iid: string,
  written: string,
  place: Place,
): PlanItem {
  const trimmed = parent.replace(/\/+$/, '');
  return {
    type,
    origin: origin === null ? null : origin.toLowerCase(),
    parent: trimmed === '' ? null : trimmed,
    iid: Number(iid),
    written,
    place,
  };
}

/**
 * The epics a plan names; where it names none and issues may be in (Free has no epics), the issues it links to.
 * The first is the one it is tied to.
 */
export function itemsOf(document: DocumentOf<'plan'>, text: PageText, issuesToo: boolean): PlanItem[] {
  const epics = document.epics.flatMap(
    (epic) => itemOf('url' in epic ? epic.url : epic.ref, epic.place) ?? [],
  );
  const isOwn = ({ place }: { place: Place }): boolean => !isGenerated(place.start.offset, text);
  const more = text.links.filter(isOwn).flatMap(({ url, place }) => itemOf(url, place) ?? []);
  const all = [...epics, ...more.filter(({ type }) => type === 'epic')];
  const chosen = all.length === 0 && issuesToo ? more : all;
  const seen = new Set<string>();
  return chosen.filter((one) => !seen.has(itemKey(one)) && seen.add(itemKey(one)));
}
