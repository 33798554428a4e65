import { documentKinds } from '../kinds/index.ts';
import { rulesOf } from '../rules/index.ts';

/** Every rule of ours, kind by kind, in the order in which they are listed and documented. */
export const ourRules = rulesOf(documentKinds);
