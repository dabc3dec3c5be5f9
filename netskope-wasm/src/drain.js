// An async generator brings the whole protocol of async iterators along, which Rust would have to spell out.

import { NetskopeError } from "./errors.js";

export async function* pages(source) {
  const read = source.constructor.records;
  for (;;) {
    const { text, commit } = await source.next();
    let state = "given";
    let records;
    yield {
      text,
      commit,
      get records() {
        return (records ??= read(text));
      },
      acknowledge() {
        if (state === "asked again") throw tooLate();
        if (state === "given") source.acknowledge();
        state = "safe";
      },
    };
    if (state === "given") state = "asked again";
  }
}

function tooLate() {
  const message = "this page was asked for again, so it comes again";
  return new NetskopeError(message, "request", undefined, undefined, "acknowledge a page before you ask for the next one");
}
