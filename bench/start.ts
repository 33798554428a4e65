import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = path.resolve('dist/cli.js');
const texts = 'test/fixtures/perfect';
const text = path.resolve(texts, readdirSync(texts).find((name) => name.endsWith('.md')) ?? '');

/** CPU time of a process from its first instruction, told by itself as it ends. */
const meter =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write("\\ncpu "+(user+system)/1000)})';

const commands: Record<string, readonly string[]> = {
  '--version': ['--version'],
  '--help': ['--help'],
  'lint, one file': ['lint', text],
  'rules check': ['rules', 'check'],
};

/** Milliseconds; the best of a few, since others use this machine too. */
function cpuOf(args: readonly string[], cwd: string): number {
  const tries = Array.from({ length: 7 }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', meter, ...args], { cwd, encoding: 'utf8' });
    return Number(/cpu ([\d.]+)$/.exec(stderr)?.[1] ?? Number.NaN);
  });
  return Math.min(...tries);
}

/** What starting costs, as a ratio to Node that does nothing. Of `dist/`: `npm run build` first. */
export function benchStart(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'kr-hygiene-start-'));
  const bare = cpuOf(['--eval', '0'], folder);
  console.log(`bare node: ${bare.toFixed(0)} ms of CPU`);
  for (const [name, args] of Object.entries(commands)) {
    const cpu = cpuOf([program, ...args], folder);
    console.log(`${name}: ${(cpu / bare).toFixed(1)} times bare node (${cpu.toFixed(0)} ms)`);
  }
  rmSync(folder, { recursive: true });
}
