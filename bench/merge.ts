import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeReport } from '../src/records/write-report.ts';
import { program } from './helpers/processes.ts';
import { quarterReport } from './helpers/quarter-report.ts';

/** Writes the reports of so many shards with so many subjects each, one after the other. */
async function shards(folder: string, total: number, each: number): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= total; index += 1) {
    const report = quarterReport(Math.ceil((each * 2) / 3));
    const project = `example-sec/okrs-${index}`;
    const subjects = report.subjects.slice(0, each).map((subject, at) => ({
      ...subject,
      ref: `${project}#${subject.iid}`,
      projectId: index,
      order: at * total + index,
      setKeys: {
        ref: `${project}#${subject.iid}`,
        confidential: subject.confidential,
        fiscalYear: 2027,
        quarter: 4,
        number: (at % 5) + 1,
        reference: `Alert Quality ${Math.floor(at / 5)} of ${index}`,
        okrUrl: `https://app.ally.io/objectives/${index * each + at}`,
        people: [`person-${at % 40}`],
      },
    }));
    const file = path.join(folder, `shard-${index}.json`);
    await writeFile(file, writeReport({ ...report, setFindings: [], subjects, shard: { index, total } }));
    files.push(file);
  }
  return files;
}

/**
 * Prints what a merge takes in time and memory, as a ratio to one of two shards.
 * @param sizes the number of shards and how many KRs each has
 */
export async function benchMerge([total = 10, each = 500]: readonly number[]): Promise<void> {
  const least: { rss: number }[] = [];
  for (const count of [2, total]) {
    const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
    try {
      const files = await shards(folder, count, each);
      const output = path.join(folder, 'merged');
      await mkdir(output);
      const { code, cpuMs, maxRssMiB } = await program(['merge', ...files, '--output', output], folder);
      const merged = await readFile(path.join(output, 'report.json'));
      const hash = createHash('sha256').update(merged).digest('hex').slice(0, 12);
      const ratio = maxRssMiB / (least[0]?.rss ?? maxRssMiB);
      least.push({ rss: maxRssMiB });
      console.log(
        `${count} shards of ${each} KRs: exit ${code}, CPU ${(cpuMs / 1000).toFixed(1)} s, peak RSS ${maxRssMiB.toFixed(0)} MiB (${ratio.toFixed(2)} times that of two), report ${(merged.length / 2 ** 20).toFixed(1)} MiB, ${hash}`,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}
