import type { Command } from 'commander';
import type { CliContext } from './context.ts';

type Factory = (context: CliContext) => Command;

/** A command as the list of all commands needs it; its code is loaded only when it is called. */
export interface CommandEntry {
  name: string;
  /** One line; the command's own description. */
  summary: string;
  load: () => Promise<Factory>;
}

/** Every command, in the order of `--help`. */
export const commandEntries: readonly CommandEntry[] = [
  {
    name: 'run',
    summary:
      'Scan KR issues, say what is missing, keep one comment on each. Changes nothing without --apply.',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'merge',
    summary:
      'Put the reports of shards together, and decide what needs all KRs. Sends nothing without --apply.',
    load: async () => (await import('./merge.ts')).mergeCommand,
  },
  {
    name: 'pings',
    summary: 'Show who would be reminded when, from a report. Asks GitLab nothing.',
    load: async () => (await import('./pings.ts')).pingsCommand,
  },
  {
    name: 'plan-shards',
    summary: 'Say whether sharing the nightly run between jobs would help. Asks GitLab nothing.',
    load: async () => (await import('./plan-shards.ts')).planShardsCommand,
  },
  {
    name: 'report',
    summary: 'Show a report of run or merge in another form. Asks GitLab nothing.',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'site',
    summary: 'Make the dashboard of a report: pages, frames, pictures and data. Asks GitLab nothing.',
    load: async () => (await import('./site.ts')).siteCommand,
  },
  {
    name: 'lint',
    summary: 'Check Markdown files offline, with the same rules.',
    load: async () => (await import('./lint.ts')).lintCommand,
  },
  {
    name: 'plans',
    summary: 'Look after a folder of Security Plans: the table in its index, the step each is at.',
    load: async () => (await import('./plans.ts')).plansCommand,
  },
  {
    name: 'parse',
    summary: 'Print what the bot reads in a text, as JSON.',
    load: async () => (await import('./parse.ts')).parseCommand,
  },
  {
    name: 'rules',
    summary: 'Check, list, test and explain rule files.',
    load: async () => (await import('./rules.ts')).rulesCommand,
  },
  {
    name: 'explain',
    summary: 'Show everything the bot sees and would do on one issue or file, and why. Changes nothing.',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'diff',
    summary: 'Show which KRs gain or lose which findings when the rules change, and whom that would address.',
    load: async () => (await import('./diff.ts')).diffCommand,
  },
  {
    name: 'demo',
    summary: 'Start a small GitLab with sample KRs, run the bot on it twice, show the comments.',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'sandbox',
    summary: 'Start a small GitLab on this machine, with a page that shows issues and comments.',
    load: async () => (await import('./sandbox.ts')).sandboxCommand,
  },
  {
    name: 'doctor',
    summary: 'Check the rules, the token, its role, the projects and the labels. Changes nothing.',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'init',
    summary: 'Write starter rule files and a pipeline into a folder of yours.',
    load: async () => (await import('./init.ts')).initCommand,
  },
];

/**
 * The names of commands in a command line, in their order: the command called, or the one that `help` is asked for.
 * What is named by chance (the value of an option) is loaded for nothing, and that is all.
 */
export function namedCommands(argv: readonly string[]): ReadonlySet<string> {
  const known = new Set(commandEntries.map(({ name }) => name));
  return new Set(argv.slice(2).filter((word) => known.has(word)));
}
