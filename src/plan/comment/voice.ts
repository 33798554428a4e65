import {
  englishPhrases,
  type PhraseId,
  type Phrases,
  type PreparedPhrase,
  preparePhrase,
} from '../../model/phrases.ts';

/** The fixed sentences of a comment in the team's language. Values are Markdown already. */
export interface Voice {
  say(id: PhraseId, values?: Readonly<Record<string, string | number>>): string;
  /** `…-one` for one, `…-many` with `{count}` for any other number. */
  count(stem: CountedPhrase, count: number): string;
  /** `a`, `a and b`, `a, b and c` */
  list(words: readonly string[]): string;
}

type CountedPhrase = {
  [Id in PhraseId]: Id extends `${infer Stem}-one` ? (`${Stem}-many` extends PhraseId ? Stem : never) : never;
}[PhraseId];

/** One voice a set of phrases: every comment of a run speaks with it. */
const voices = new WeakMap<Phrases, Voice>();

export function createVoice(phrases: Phrases = englishPhrases): Voice {
  const known = voices.get(phrases);
  if (known !== undefined) return known;
  const prepared = new Map<PhraseId, PreparedPhrase>();
  const say: Voice['say'] = (id, values = {}) => {
    let ready = prepared.get(id);
    if (ready === undefined) prepared.set(id, (ready = preparePhrase(phrases[id])));
    return ready(values);
  };
  const voice: Voice = {
    say,
    count: (stem, count) => (count === 1 ? say(`${stem}-one`) : say(`${stem}-many`, { count })),
    list: (words) =>
      words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${say('and')} ${words.at(-1)}`,
  };
  voices.set(phrases, voice);
  return voice;
}
