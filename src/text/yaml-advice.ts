/** What to do about an error of the YAML library, by its code; for the others its own words are enough. */
export const yamlAdvice: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Lines that belong together begin in the same column.',
  BAD_SCALAR_START: 'Put the value between quotes: no value begins with this character without them.',
  BLOCK_AS_IMPLICIT_KEY: 'A value with a colon and a blank in it goes between quotes: `title: "One: two"`.',
  MULTILINE_IMPLICIT_KEY: 'A key and its colon are on one line, with a blank after the colon: `key: value`.',
  TAB_AS_INDENT: 'Indent with blanks instead of tabs.',
};
