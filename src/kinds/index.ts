import type { DocumentKind } from '../model/document.ts';
import { checkIn } from './check-in/kind.ts';
import type { Kind } from './kind.ts';
import { kr } from './kr/kind.ts';
import { okr } from './okr/kind.ts';
import { plan } from './plan/kind.ts';
import { weeklyUpdate } from './weekly-update/kind.ts';

/** Every kind of document, in the order in which they are listed and documented. */
export const kinds = {
  kr,
  'weekly-update': weeklyUpdate,
  okr,
  'check-in': checkIn,
  plan,
} satisfies { [K in DocumentKind]: Kind<K> };

/** The ids of all kinds, in the same order. */
export const documentKinds = Object.keys(kinds) as readonly DocumentKind[];
