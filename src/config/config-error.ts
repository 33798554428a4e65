/** One error in a rule file: what is wrong, where, and what would be right. */
export interface ConfigError {
  /** kebab-case and stable: `unknown-key`, `wrong-type`, `bad-pattern` … */
  code: string;
  /** A warning does not keep the policy from loading. */
  level: 'error' | 'warning';
  /** One sentence that quotes the bad value. */
  message: string;
  /** What would be right, as a sentence; null when the message says it all. */
  advice: string | null;
  /** The file as a person would name it: `rules/kr.yml`, `handbook:kr.yml`. */
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** How many characters of the line are meant; at least 1. */
  length: number;
}

/** An error about a file as a whole. */
export function fileError(
  file: string,
  what: Pick<ConfigError, 'code' | 'message' | 'advice'> & Partial<Pick<ConfigError, 'level'>>,
): ConfigError {
  return { level: 'error', ...what, file, line: 1, column: 1, length: 1 };
}

/** The texts of the files read, by the name used in `Error.file`; for code frames. */
export type Sources = ReadonlyMap<string, string>;

/** Thrown by no one: what loading returns instead of a policy. */
export interface Failure {
  ok: false;
  errors: ConfigError[];
  sources: Sources;
}

/** A foreign value as it may be in a message: quoted, cut, without control characters. */
export function quote(value: unknown, limit = 60): string {
  if (Array.isArray(value)) return 'a list';
  if (value !== null && typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  return `"${clean(value.length > limit ? `${value.slice(0, limit)}…` : value)}"`;
}

/** Text without anything a terminal would obey. */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '·');
}

/** `a, b or c`, each in back-ticks. */
export function listed(names: readonly string[], word: 'and' | 'or' = 'or', limit = 12): string {
  const shown = names.slice(0, limit).map((name) => `\`${clean(name)}\``);
  if (names.length > limit) return `${shown.join(', ')} … (${names.length} in all)`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}

/** In the order in which a reader would fix them. */
export function inReadingOrder(errors: readonly ConfigError[], sources: Sources): ConfigError[] {
  const files = [...new Set([...sources.keys(), ...errors.map((configError) => configError.file)])];
  return [...errors].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
