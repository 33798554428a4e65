import { performance } from 'node:perf_hooks';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readReport } from '../src/records/read-report.ts';
import { writeReport } from '../src/records/write-report.ts';
import { openmetrics } from '../src/reporters/formats/openmetrics.ts';
import { render } from '../src/reporters/reporter.ts';
import { buildSite } from '../src/site/build.tsx';
import { quarterReport } from './helpers/quarter-report.ts';
import { stateBytes } from './helpers/state-size.ts';

/**
 * What the dashboard costs: 1,000 KRs with 13 weeks (two thirds of this quarter, a third of the last), from the text of
 * the report to the pages. CPU time, not wall time; the target is 2 s, and 150 kB for the index, compressed.
 */
export async function benchSite(): Promise<void> {
  const krs = Number(process.env['KRS'] ?? 1_000);
  const whole = writeReport(quarterReport(Math.round((krs * 2) / 3), '2027-01-29T09:00:00Z'));
  const context = { color: false, columns: 80, pathOf: (ref: string) => ref };

  const cpu = process.cpuUsage();
  const started = performance.now();
  const report = readReport(whole);
  const read = process.cpuUsage(cpu).user;
  const files = buildSite(report, render(openmetrics, report, context));
  const built = process.cpuUsage(cpu).user;
  const wall = performance.now() - started;
  const sizes = [...files].map(([name, text]) => [name, Buffer.byteLength(text)] as const);
  const index = files.get('index.html') ?? '';
  const packed = brotliCompressSync(index, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });

  const kilo = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
  const perKr = (bytes: number): string => `${Math.round(bytes / krs)} bytes a KR`;
  const state = await stateBytes(krs);
  process.stdout.write(
    [
      `subjects          ${report.subjects.length}`,
      `report.json       ${kilo(Buffer.byteLength(whole))}, ${perKr(Buffer.byteLength(whole))}; as .gz ${kilo(gzipSync(whole).length)}`,
      `state file        ${kilo(state)}, ${perKr(state)} (compressed and sealed)`,
      `read              ${Math.round(read / 1000)} ms CPU`,
      `build             ${Math.round((built - read) / 1000)} ms CPU`,
      `wall              ${Math.round(wall)} ms`,
      `files             ${files.size}, ${kilo(sizes.reduce((sum, [, size]) => sum + size, 0))}`,
      `index.html        ${kilo(Buffer.byteLength(index))}, ${kilo(packed.length)} compressed`,
      '',
    ].join('\n'),
  );
}
