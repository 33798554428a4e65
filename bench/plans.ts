import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { cleanFolder, writeFolder } from '../test/helpers/plan-folder.ts';

const program = path.resolve('dist/cli.js');

/**
 * What the command used, told by itself as it ends: processor time, the most memory the system gave it, and the most
 * that was on its heap, looked at between pages. The heap holds garbage too; how much depends on how much it may hold.
 */
const meter = `data:text/javascript,${encodeURIComponent(`
  let heap = 0;
  setInterval(() => { heap = Math.max(heap, process.memoryUsage().heapUsed); }, 20).unref();
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const told = { seconds: (user + system) / 1e6, rss: process.resourceUsage().maxRSS / 1024, heap: heap / 2 ** 20 };
    process.stderr.write('\\nmeter ' + JSON.stringify(told));
  });
`)}`;

interface Measured {
  seconds: number;
  rss: number;
  heap: number;
}

type Folder = 'clean' | 'all links dead';

async function folderOf(count: number, kind: Folder): Promise<string> {
  const pages = await cleanFolder(count);
  if (kind === 'clean') return writeFolder(pages);
  // The worst for suggestions: every link and every row is dead.
  for (const [file, text] of pages)
    pages.set(file, text.replaceAll('/plan-', '/plam-').replaceAll('](plan-', '](plam-'));
  return writeFolder(pages);
}

/** One `lint` in a process of its own. */
function lint(folder: string, kind: Folder): Measured {
  const args = ['--import', meter, program, 'lint', '--kind', 'plan', '--format', 'json', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const findings = stdout.split('"rule":').length - 1;
  const clean = kind === 'clean';
  if (status !== (clean ? 0 : 1) || findings > 0 === clean)
    throw new Error(`exit ${status}, ${findings} findings\n${stderr.slice(0, 2000)}`);
  return JSON.parse(/\nmeter (.*)$/.exec(stderr)?.[1] ?? '{}') as Measured;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/**
 * A folder of plans, linted as a whole by the built program: time and memory for 500, 1,000 and 2,000 pages, each run
 * in a process of its own, the median of three. Linear is 2 for each doubling.
 */
export async function benchPlans(): Promise<void> {
  if (!existsSync(program)) throw new Error('there is no dist/: run `npm run build` first');
  const most = Number(process.env['PAGES'] ?? 2_000);
  const repeats = Number(process.env['REPEATS'] ?? 3);
  const table = new Table({
    head: ['pages', 'folder', 'CPU s', '÷ half', 'peak RSS MiB', '÷ half', 'peak heap MiB'],
    style: { head: [], border: [] },
  });
  for (const kind of ['clean', 'all links dead'] satisfies Folder[]) {
    let half: Measured | null = null;
    for (const count of [most / 4, most / 2, most]) {
      const folder = await folderOf(count, kind);
      const all = Array.from({ length: repeats }, () => lint(folder, kind));
      await rm(path.resolve(folder, '../../../..'), { recursive: true, force: true });
      const of = (key: keyof Measured): number => median(all.map((one) => one[key]));
      const one: Measured = { seconds: of('seconds'), rss: of('rss'), heap: of('heap') };
      const ratio = (key: keyof Measured): string => (half === null ? '' : (one[key] / half[key]).toFixed(2));
      table.push([
        count,
        kind,
        one.seconds.toFixed(1),
        ratio('seconds'),
        Math.round(one.rss),
        ratio('rss'),
        Math.round(one.heap),
      ]);
      half = one;
    }
  }
  console.log(table.toString());
}
