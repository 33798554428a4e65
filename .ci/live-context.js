// Stands in for one line of micromark when it is bundled; see bundle.js.

/** What a tokenizer's context may hold (TokenizeContext of micromark-util-types), `interrupt` apart. */
const names = [
  'code',
  'containerState',
  'currentConstruct',
  'defineSkip',
  'events',
  'now',
  'parser',
  'previous',
  'sliceSerialize',
  'sliceStream',
  'write',
  '_contentTypeTextTrailing',
  '_gfmTableDynamicInterruptHack',
  '_gfmTasklistFirstContentOfListItem',
  '_labelStarts',
];

class LiveContext {
  #context;

  constructor(context, fields) {
    this.#context = context;
    Object.assign(this, fields);
  }

  static {
    for (const name of names) {
      Object.defineProperty(this.prototype, name, {
        get() {
          return this.#context[name];
        },
        // What is set on an object stays with it, as it does where another is its prototype.
        set(value) {
          Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        },
      });
    }
  }
}

/** An object with those fields that shows all else as it is in the context at any moment. */
export function liveContext(context, fields) {
  for (const name in context)
    if (!(name in LiveContext.prototype) && !(name in fields)) return Object.assign(Object.create(context), fields);
  return new LiveContext(context, fields);
}
