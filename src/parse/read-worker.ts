import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingOrder } from './guarded-reader.ts';
import { createReader } from './reader.ts';

const { grammar, calendar, kind, text, context } = workerData as ReadingOrder;
// oxlint-disable-next-line require-post-message-target-origin
parentPort?.postMessage(createReader(grammar, calendar, { unlimited: true }).read(kind, text, context));
