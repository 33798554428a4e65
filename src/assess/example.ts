import type { FiscalCalendar } from '../model/calendar.ts';
import type { DocumentReader } from '../model/reader.ts';
import type { IssueFacts, RuleReport } from '../model/rule.ts';
import type { Rule, RuleExample } from '../rules/rule.ts';
import { ruleContext } from './context.ts';

/** A title without fault, for examples that are about something else. */
export const exampleTitle = 'FY27 Q4 KR1 (Calm Nights) Cut false alarms at night by 80%';

/** The present moment of an example that names none: three weeks into FY27 Q4. */
export const exampleNow = '2026-11-23T09:00:00Z';

/**
 * What a rule reports on one of its examples.
 * @throws ZodError when the example's options are not the rule's
 */
export function runExample(
  rule: Rule,
  example: RuleExample,
  reader: DocumentReader,
  calendar: FiscalCalendar,
): RuleReport[] {
  const source = example.markdown.join('\n');
  const title = example.title ?? exampleTitle;
  const now = example.now ?? exampleNow;
  const document = reader.read(rule.kind, source, { title, now });
  const { members, ...known } = example.issue ?? {};
  const facts: IssueFacts = {
    ...known,
    title,
    ...(members === undefined ? {} : { members: new Set(members.map((name) => name.toLowerCase())) }),
  };
  const context = ruleContext({
    document,
    source,
    facts,
    now,
    calendar,
    template: reader.template(rule.kind),
  });
  const options = rule.options.parse(example.options ?? {});
  return [...rule.bind(options)(document, context)];
}
