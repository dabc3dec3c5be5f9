// A host name or a user typed as they are, which is no query: the query that was meant.

import { check, format, parse, QueryError } from "netskope-wasm";

/** The query to use in place of the words that were typed. */
export interface Suggestion {
  words: string;
  query: string;
}

const LONGEST = 200;

/** What a query has and a name does not, which may well hold "and", an apostrophe, or a number in brackets. */
const QUERY_ONLY =
  /[=<>~"`]|^\(|(^|\s)'|\bin\s*\[|^not\s|\s(eq|neq?|gte?|ge|lte?|le|like|notlike|startswith|between)(\s|$)/i;

/** The search for devices so named or so used; nothing where the text is a query, or was meant to be one. */
export function suggestion(text: string): Suggestion | undefined {
  const words = text.trim();
  if (words === "" || words.length > LONGEST || QUERY_ONLY.test(words) || startsWithField(words)) {
    return undefined;
  }
  const comparisons = [
    ...spellings(words).map((spelling) => like("host_info.hostname", spelling)),
    like("username", words),
  ];
  const isWhole = comparisons.every((comparison) => comparison !== undefined);
  return isWhole ? { words, query: comparisons.join(" or ") } : undefined;
}

/** The comparison as the package prints it, if it holds exactly these words: nothing is escaped by hand. */
function like(field: string, words: string): string | undefined {
  const mark = words.includes("'") ? '"' : "'";
  const query = `${field} like ${mark}${words}${mark}`;
  try {
    const tree = parse(query);
    return tree.kind === "compare" && tree.value.value === words ? format(query) : undefined;
  } catch (error) {
    if (error instanceof QueryError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether the first word is a field, the start of a path to one, or a slip for one. */
function startsWithField(words: string): boolean {
  const first = words.split(/[\s:]/, 1)[0] ?? "";
  const object = first.split(".", 1)[0] ?? "";
  return [first, object].some((path) => {
    const findings = check(path);
    return findings.length === 0 || findings.some(({ fix }) => fix && isField(fix.replacement));
  });
}

/** A fix may also make a whole condition, of a word that is a value. */
function isField(replacement: string): boolean {
  return !/\s/.test(replacement);
}

/** Macs name themselves with a typographic apostrophe, and people type the straight one. */
function spellings(words: string): string[] {
  return /['’]/.test(words) ? ["'", "’"].map((mark) => words.replaceAll(/['’]/g, mark)) : [words];
}
