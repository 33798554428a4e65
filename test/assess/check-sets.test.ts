import { afterEach, describe, expect, test } from '@jest/globals';
import { checkSets } from '../../src/assess/check-sets.ts';
import { runCommand } from '../../src/cli/run.ts';
import type { SetFinding } from '../../src/model/finding.ts';
import { exampleKrs } from '../../src/rules/shared/kr-sets.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { runCommandAlone } from '../cli/command.ts';
import { botToken, builtInPolicy, now, perfectKr, worldSeed } from '../helpers/world.ts';

const keys = [
  ...exampleKrs(
    { ref: 'sec/okrs#2', number: 2, reference: 'Key Care', okrUrl: 'https://ally.io/1' },
    { ref: 'sec/okrs#3', number: 3, reference: 'Key Care', okrUrl: 'https://ally.io/1' },
  ),
];
const rulesOf = (findings: Iterable<SetFinding>) => Array.from(findings, ({ rule }) => rule).sort();

describe('rules over several KRs', () => {
  test('a gap is told when every KR was read, and not when one is unknown', async () => {
    const policy = await builtInPolicy();
    const whole = checkSets(policy, keys, 'whole');
    const findings = [...whole.findings];
    expect(rulesOf(findings)).toEqual(['no-kr-number-gap', 'no-shared-okr-link']);
    expect(Object.keys(findings[0] ?? {}).sort()).toEqual(['message', 'refs', 'rule', 'severity']);
    expect(whole.warnings).toEqual([]);
    const unjudged = checkSets(policy, [null, ...keys], 'whole');
    for (const { findings, warnings } of [checkSets(policy, keys, 'partial'), unjudged]) {
      expect(rulesOf(findings)).toEqual(['no-shared-okr-link']);
      expect(warnings).toEqual([expect.stringContaining('evaluated in part only')]);
    }
  });

  test('of more KRs than are held the same is told', async () => {
    const policy = await builtInPolicy();
    const many = Array.from({ length: 10_001 }, (_, index) =>
      index % 2_500 === 0 ? (keys[0] ?? null) : null,
    );
    const told = (all: typeof many) => [...checkSets(policy, all, 'partial').findings];
    expect(told(many)).toHaveLength(2);
    expect(told(many)).toEqual(told(many.filter((key) => key !== null)));
  });

  test('of one issue nothing is told, but that it was not evaluated', async () => {
    const { findings, warnings } = checkSets(await builtInPolicy(), keys, 'one-issue');
    expect(findings).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('only one issue was read')]);
    expect(checkSets({ setRules: [] }, keys, 'one-issue').warnings).toEqual([]);
  });
});

describe('a run that did not read everything', () => {
  let sandbox: Sandbox | null = null;
  afterEach(() => sandbox?.close());

  const run = async (...args: string[]) => {
    const { stdout } = await runCommandAlone(
      runCommand,
      [...args, '--now', now, '--gitlab-url', sandbox?.url ?? '', '--format', 'json'],
      { KR_HYGIENE_TOKEN: botToken },
    );
    const { setFindings, warnings } = JSON.parse(stdout) as {
      setFindings: SetFinding[];
      warnings: string[];
    };
    return { rules: rulesOf(setFindings), warnings: warnings.join('\n') };
  };
  const start = async () => {
    const title = (number: number) => `FY27 Q4 KR${number} (Key Care) Rotate all signing keys`;
    const seed = worldSeed([
      { ...perfectKr, title: title(2) },
      { ...perfectKr, title: title(3) },
    ]);
    const gone = { path: 'sec/gone', archived: true, issues: [{ ...perfectKr, title: title(1) }] };
    sandbox = await startSandbox({
      seed: { ...seed, projects: [...(seed.projects ?? []), gone] },
      clock: () => new Date(now),
    });
  };

  test('one issue, a project that failed, and everything', async () => {
    await start();
    const one = await run('--issue', 'sec/okrs#1');
    expect(one.rules).toEqual([]);
    expect(one.warnings).toContain('only one issue was read');
    const failed = await run('--project', 'sec/okrs', '--project', 'sec/gone');
    expect(failed.rules).toEqual(['no-shared-okr-link']);
    expect(failed.warnings).toContain('evaluated in part only');
    const whole = await run('--project', 'sec/okrs');
    expect(whole.rules).toEqual(['no-kr-number-gap', 'no-shared-okr-link']);
    expect(whole.warnings).toBe('');
  });
});
