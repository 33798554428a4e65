import { dayAt, type FiscalCalendar, type QuarterRange, quarterRange } from '../model/calendar.ts';
import { asKr, type KrHygieneDocument } from '../model/document.ts';
import type { TemplateFacts } from '../model/reader.ts';
import type { IssueFacts, RuleContext } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';

export interface ContextInput {
  document: KrHygieneDocument;
  /** The text the document was read from. */
  source: string;
  facts: IssueFacts;
  /** ISO 8601 instant, in any offset. */
  now: string;
  calendar: FiscalCalendar;
  template: TemplateFacts;
  timeline?: Timeline;
}

/** Everything a rule may look at besides the document. */
export function ruleContext(input: ContextInput): RuleContext {
  const { document, source, facts, now, calendar, template, timeline } = input;
  return {
    now,
    today: dayAt(now, calendar) ?? new Date(now).toISOString().slice(0, 10),
    source,
    issue: facts,
    calendar,
    quarter: quarterOfTitle(document, calendar),
    template,
    ...(timeline === undefined ? {} : { timeline }),
  };
}

/** The quarter in a KR's title; null when it names none. */
export function quarterOfTitle(document: KrHygieneDocument, calendar: FiscalCalendar): QuarterRange | null {
  const kr = asKr(document);
  if (kr === null) return null;
  const { fiscalYear, quarter } = kr.title;
  // Years beyond these are slips of the pen, and the calendar of JavaScript reads 0 to 99 as 1900 to 1999.
  if (fiscalYear === null || quarter === null || fiscalYear < 1970 || fiscalYear > 9000) return null;
  return quarterRange(fiscalYear, quarter, calendar);
}
