import type {
  DateField,
  KrTitle,
  ListField,
  PercentField,
  StatusField,
  TextField,
} from '../model/document.ts';
import type { FieldShape } from './kind.ts';

const text = (): TextField => ({ text: '', problem: 'missing', place: null });
const list = (): ListField => ({ items: 0, text: '', problem: 'missing', place: null });
const date = (): DateField => ({ raw: '', date: null, inferred: false, problem: 'missing', place: null });
const status = (): StatusField => ({ raw: '', value: null, problem: 'missing', place: null });
const percent = (): PercentField => ({ raw: '', value: null, problem: 'missing', place: null });

/**
 * The fields of each shape in a text that was not read, under the name the kind gives the field.
 * @param title of the issue, which is known even then
 */
export const emptyField: Record<FieldShape, (name: string, title: () => KrTitle) => object> = {
  'kr-title': (name, title) => ({ [name]: title() }),
  'okr-link': (name) => ({
    [name]: null,
    [`${name}Problem`]: 'missing',
    [`${name}Text`]: null,
    [`${name}Place`]: null,
  }),
  text: (name) => ({ [name]: text() }),
  list: (name) => ({ [name]: list() }),
  status: (name) => ({ [name]: status() }),
  percent: (name) => ({ [name]: percent() }),
  date: (name) => ({ [name]: date() }),
  milestones: (name) => ({ [name]: [], [`${name}Place`]: null }),
  dependencies: (name) => ({ [name]: [] }),
  epics: (name) => ({ [name]: [] }),
  sections: (name) => ({ [name]: [] }),
  links: (name) => ({ [name]: [] }),
};
