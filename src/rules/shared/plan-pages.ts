/** A plan in which all is well, for examples: its lines. */
export function examplePlan(title: string, epic: number, more: readonly string[] = []): string[] {
  return [
    '---',
    `title: "${title}"`,
    ...more,
    '---',
    '',
    `Epic: https://gitlab.com/groups/acme-sec/-/epics/${epic}`,
  ];
}

/** The text of a plan under a heading of its own, with what else it says. */
export function planText(...paragraphs: readonly string[]): string[] {
  const all = ['Only known devices reach the build servers.', ...paragraphs];
  return ['# Known Devices', ...all.flatMap((paragraph) => ['', paragraph])];
}

/** An index with a table of these rows. */
export function indexOf(...rows: readonly string[]): string[] {
  return ['## Plans', '', '| Plan | Other Resources and Links |', '|---|---|', ...rows];
}
