import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../files/package-root.ts';

const packageFile = path.join(packageRoot, 'package.json');

/** The version in package.json. */
export const version: string = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
