import { type ConfigError, listed, quote } from '../config/config-error.ts';
import type { LoadSuccess } from '../config/load-policy.ts';
import { ourRules as rules } from '../config/our-rules.ts';
import type { RuleEntry } from '../config/rule-entries.ts';
import { documentKinds, kinds } from '../kinds/index.ts';
import { textOf } from '../markdown/rich-text.ts';
import type { TemplateFacts } from '../model/reader.ts';
import { type CompiledKind, compileKind } from '../parse/compile.ts';
import { readFrontMatter, withoutFrontMatter } from '../parse/front-matter.ts';
import { readName } from '../parse/names.ts';
import { templateFacts } from '../parse/template-facts.ts';

/** What the templates make of the rules. */
export interface TemplateCheck {
  /** Ids of rules that are on, but ask nothing: the template has no such section or field. */
  notAsked: ReadonlySet<string>;
  /** Names in templates that are understood by no one, and what that switches off. */
  errors: ConfigError[];
  /** The texts of the templates, for code frames. */
  sources: ReadonlyMap<string, string>;
}

/** As `rules list` and `explain` say it. */
export const notAskedWords = 'not asked: not in your template';

/** Whether a rule asks nothing because the template has no section or field for it. */
export function isNotAsked(id: string, template: Pick<TemplateFacts, 'has'>): boolean {
  const field = fieldOf(id);
  return field !== null && !template.has(field);
}

function fieldOf(id: string): string | null {
  return rules.find((rule) => rule.id === id)?.asksFor ?? null;
}

/**
 * Looks whether the templates can be read with the vocabulary. A template that leaves out a section on purpose is in
 * order; one with a heading no one understands, where a section is missing, was probably only renamed.
 */
export function checkTemplates(loaded: LoadSuccess): TemplateCheck {
  const notAsked = new Set<string>();
  const errors: ConfigError[] = [];
  for (const kind of documentKinds) {
    const { grammar, calendar } = loaded.policy.settings;
    const compiled = compileKind(kinds[kind], grammar[kind], calendar);
    const facts = templateFacts(compiled);
    const silent = loaded.entries.filter(
      (entry) => entry.kind === kind && entry.severity !== 'off' && isNotAsked(entry.id, facts),
    );
    for (const { id } of silent) notAsked.add(id);
    if (silent.length > 0) errors.push(...templateConfigErrors(loaded, compiled, silent, facts));
  }
  const sources = new Map(Object.values(loaded.templates).map(({ name, text }) => [name, text]));
  return { notAsked, errors, sources };
}

function templateConfigErrors(
  loaded: LoadSuccess,
  compiled: CompiledKind,
  silent: readonly RuleEntry[],
  facts: TemplateFacts,
): ConfigError[] {
  const { kind } = compiled;
  const { name: file, text } = loaded.templates[kind];
  const missing = [...new Set(silent.flatMap(({ id }) => fieldOf(id) ?? []))];
  const names = [...unknownHeadings(compiled), ...unknownLabels(compiled)].sort((a, b) => a.start - b.start);
  const understood = rules.some(
    ({ kind: of, asksFor }) => of === kind && asksFor !== null && facts.has(asksFor),
  );
  if (names.length === 0 && understood) return [];
  const at = (start: number, length: number) => ({
    file,
    line: text.slice(0, start).split('\n').length,
    column: start - text.lastIndexOf('\n', start - 1),
    length: Math.max(1, length),
  });
  const lost = `so ${listed(
    silent.map(({ id }) => id),
    'and',
  )} ${silent.length === 1 ? 'asks' : 'ask'} nothing`;
  const summary: ConfigError = understood
    ? {
        ...at(0, 1),
        code: 'template-incomplete',
        level: 'warning',
        message: `This template has nothing that is known as ${listed(missing)}, ${lost}.`,
        advice: 'If that is intended, switch these rules off; if not, see the names below.',
      }
    : {
        ...at(0, 1),
        code: 'template-not-understood',
        level: 'error',
        message: `No section of this template is known as one that a rule asks for, ${lost}.`,
        advice: 'Say in vocabulary.yml what its sections mean.',
      };
  const known = loaded.vocabulary.kinds[kind];
  const unknown = names.flatMap(({ name, start, isField }): ConfigError[] => {
    const group = isField ? 'fields' : 'sections';
    const ids = missing.filter((id) => Object.hasOwn(known[group], id));
    // Nothing of this sort is missing: a name of the team's own.
    if (ids.length === 0) return [];
    const key = ids.length === 1 ? ids[0] : '<id>';
    const line = `kinds: { ${kind}: { ${group}: { ${key}: [${JSON.stringify(name)}] } } }`;
    const choice = ids.length === 1 ? '' : `, with ${listed(ids)} for the id`;
    const message = `It is not known what ${quote(name)} means.`;
    const advice = `Write into vocabulary.yml \`${line}\`${choice}; if it is something of your own, leave it.`;
    return [{ ...at(start, name.length), code: 'template-name', level: 'warning', message, advice }];
  });
  return unknown.length === 0 && understood ? [] : [summary, ...unknown];
}

interface UnknownName {
  name: string;
  start: number;
  isField: boolean;
}

function unknownHeadings({ template, names, items, grammar }: CompiledKind): UnknownName[] {
  return template.blocks.flatMap((block) => {
    if (block.type !== 'heading' || readName(block.text, names, true) !== null) return [];
    const name = textOf(block.text)
      .replace(/[:：].*$/su, '')
      .trim();
    if (name === '' || items.begins(name)) return [];
    const start = grammar.template.indexOf(name, block.start);
    return [{ name, start: start < 0 ? block.start : start, isField: false }];
  });
}

/** Words before a colon, at the start of a line or within a list item; not in code, where templates explain. */
function unknownLabels({ grammar, labels, names, columns, items }: CompiledKind): UnknownName[] {
  const found: UnknownName[] = [];
  const seen = new Set<string>();
  let offset = 0;
  const blanks = (whole: string): string => whole.replace(/[^\n]/g, ' ');
  const visible = withoutFrontMatter(grammar.template, readFrontMatter(grammar.template)).replace(
    /<!--[^]*?(?:-->|$)/g,
    blanks,
  );
  for (const line of visible.split('\n')) {
    const isHeading = /^\s{0,3}#/.test(line);
    const plain = line.replace(/`[^`]*`/g, blanks);
    for (const match of isHeading
      ? []
      : plain.matchAll(/(?<![^\s*_\]])(\p{L}[\p{L} -]{0,30}):(?=\s|\*|$)/gu)) {
      const name = match[1] ?? '';
      const isKnown =
        seen.has(name) ||
        items.begins(name) ||
        labels.ids.has(name.toLowerCase()) ||
        names.idOf(name) !== null ||
        columns.idOf(name) !== null;
      if (!isKnown) found.push({ name, start: offset + match.index, isField: true });
      seen.add(name);
    }
    offset += line.length + 1;
  }
  return found;
}
