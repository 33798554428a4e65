/**
 * The program in a process of its own (`--expose-gc`), night after night, so that what is compiled and remembered in the first ones is
 * there in the later ones. Tells the most memory that the process had in each, as the system counts it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../src/cli/main.ts';

export interface NightOrder {
  url: string;
  token: string;
  now: string;
}

export interface NightTaken {
  code: number;
  /** MiB */
  peak: number;
}

/** Each night begins without the garbage of the one before. Linux counts the peak anew when told so: proc(5), `clear_refs`. */
function begin(): Promise<void> {
  (globalThis.gc as () => void)();
  return writeFile('/proc/self/clear_refs', '5');
}

async function peak(): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

async function night({ url, token, now }: NightOrder): Promise<NightTaken> {
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-memory-'));
  const nothing = { stdout: () => undefined, stderr: () => undefined, stdin: () => Promise.resolve('') };
  const io = { ...nothing, stdoutIsTerminal: false, stderrIsTerminal: false, color: false, columns: 80 };
  const files = ['--output', path.join(dir, 'report'), '--state', path.join(dir, 'state')];
  const args = ['run', '--group', 'bench', '--gitlab-url', url, '--now', now, '--quiet', ...files];
  try {
    await begin();
    const code = await main(
      ['node', 'kr-hygiene', ...args],
      { KR_HYGIENE_TOKEN: token, LOG_LEVEL: 'error' },
      io,
    );
    return { code, peak: await peak() };
  } finally {
    await rm(dir, { recursive: true });
  }
}

process.on('message', (order: NightOrder) => {
  void night(order).then((taken) => process.send?.(taken));
});
process.send?.('ready');
