import { type Span, textOf } from '../../markdown/rich-text.ts';
import type { KrDocument, OkrLinkProblem } from '../../model/document.ts';
import { titleOf } from '../../parse/fields/date-field.ts';
import { addSpoken } from '../../parse/fields/spoken.ts';
import { readText } from '../../parse/fields/text-field.ts';
import { hiddenText } from '../../parse/hidden.ts';
import { isLive, liveText, ownParts, type Reading, sectionsOf, spansOfSection } from '../../parse/reading.ts';
import { isOfMilestones, recogniseMilestones } from '../../parse/recognise.ts';
import type { Section } from '../../parse/section.ts';
import { wordsOf } from '../../parse/signs.ts';
import { type FoundLink, findLinks, findReferences } from '../../parse/values/links.ts';
import type { FieldsOf } from '../kind.ts';

type OkrPart = Pick<KrDocument, 'okrLink' | 'okrLinkProblem' | 'okrLinkText' | 'okrLinkPlace'>;

/** Everything in a KR except what all kinds have. */
export function readKr(reading: Reading): FieldsOf<'kr'> {
  addSpoken(reading, ['objective']);
  const [section] = sectionsOf(reading, 'milestones');
  const milestones = recogniseMilestones(reading);
  const hidden = milestones.length === 0 ? hiddenText(reading, 'milestones') : null;
  return {
    title: titleOf(reading),
    ...readOkrLink(reading),
    objective: readText(reading, 'objective', (block) => isOfMilestones(reading, block)),
    milestones,
    milestonesPlace: section?.name == null ? null : reading.placer.of(section.name),
    ...(hidden === null ? {} : { milestonesHidden: hidden }),
  };
}

function readOkrLink(reading: Reading): OkrPart {
  const { records } = reading.kind;
  const sections = sectionsOf(reading, 'okr-link');
  const spans = sections.flatMap((section) => [...spansOfSection(section)]);
  const [name] = sections.map((section) => section.name);
  const first = spans.find(isLive);
  const whole = first ?? name;
  const part: OkrPart = {
    okrLink: null,
    okrLinkProblem: null,
    okrLinkText: first === undefined ? null : spans.map(liveText).filter(Boolean).join('\n'),
    okrLinkPlace: whole === undefined || whole === null ? null : reading.placer.of(whole),
  };
  const named = sections.flatMap((section) => (section.name === null ? [] : [section.name]));
  const all = [...named, ...spans];
  const links = all.flatMap((span) => presentLinks(reading, span));
  const record =
    links.find(({ url }) => records.isRecord(url) && !isExampleAddress(url)) ??
    (links.length > 0 ? undefined : spans.flatMap((span) => findReferences(span))[0]);
  if (record !== undefined) {
    return { ...part, okrLink: { url: record.url, where: 'section', place: reading.placer.of(record.span) } };
  }
  const other = elsewhere(reading);
  if (other !== null) return { ...part, okrLink: other };
  if (links.length > 0 && links.every(({ url }) => isExampleAddress(url)))
    return { ...part, okrLinkProblem: 'placeholder' };
  return { ...part, okrLinkProblem: links.length > 0 ? 'not-a-record' : problemOf(reading, spans) };
}

/** Links that count: not "last quarter https://…", not "format: https://…". */
function presentLinks({ kind }: Reading, span: Span): FoundLink[] {
  const text = textOf(span);
  let from = 0;
  return findLinks(span).filter((link) => {
    const at = link.span.start - span.start;
    const before = text.slice(from, at);
    from = link.span.end - span.start;
    // "Old record of Q3: https://…"
    const cue =
      kind.cues.before(before, ['not', 'was', 'from', 'template', 'now']) ??
      kind.cues.behind(before, ['was']);
    return cue === null || cue.id === 'now';
  });
}

/** An address whose number is still to be put in, as hints show it: `…/objectives/XXXXX`. */
const isExampleAddress = (url: string): boolean => /\/(?:x{3,20}|…|%E2%80%A6|<[^>]{0,40}>)\/?$/i.test(url);

function elsewhere(reading: Reading): KrDocument['okrLink'] {
  const { records } = reading.kind;
  for (const section of reading.sections) {
    if (section.id === 'okr-link') continue;
    for (const span of [...(section.name === null ? [] : [section.name]), ...spansOfSection(section)]) {
      const found = presentLinks(reading, span).find(
        ({ url }) => records.isRecord(url) && !records.isGitLab(url) && !isExampleAddress(url),
      );
      if (found !== undefined)
        return {
          url: found.url,
          where: isAskedFor(reading, section, found) ? 'section' : 'elsewhere',
          place: reading.placer.of(found.span),
        };
    }
  }
  return null;
}

/** `## Which OKR is this for?` with nothing but an address below it. */
function isAskedFor({ kind }: Reading, section: Section, { span }: FoundLink): boolean {
  const name = section.id === null && section.name !== null ? textOf(section.name) : '';
  const [first, ...more] = [...spansOfSection(section)].filter(isLive);
  if (more.length > 0 || first === undefined || textOf(first) !== textOf(span)) return false;
  return (
    kind.archived?.test(name) !== true && wordsOf(name).some((word) => kind.names.idOf(word) === 'okr-link')
  );
}

function problemOf(reading: Reading, spans: readonly Span[]): OkrLinkProblem {
  const said = spans.filter(isLive);
  if (said.length === 0) return 'missing';
  const own = said.flatMap((span) => ownParts(reading, span));
  const { placeholders } = reading.kind;
  const open = own.every((span) => placeholders.isValue(span) || placeholders.isPlaceholder(textOf(span)));
  return open ? 'placeholder' : 'not-a-link';
}
