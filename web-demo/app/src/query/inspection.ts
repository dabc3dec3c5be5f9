// What the page knows about a text in the query box.

import { check, type Diagnostic } from "netskope-wasm";
import { suggestion, type Suggestion } from "./plain-words";

/** What is wrong with a text, or what was meant by it. */
export interface Inspection {
  diagnostics: Diagnostic[];
  suggestion: Suggestion | undefined;
}

/** A change of the text that mends it. */
export type Fix = NonNullable<Diagnostic["fix"]>;

export const NOTHING_TO_SAY: Inspection = { diagnostics: [], suggestion: undefined };

/** Words that are no query are not wrong: they come with the query that was meant. */
export function inspect(text: string): Inspection {
  if (text.trim() === "") {
    return NOTHING_TO_SAY;
  }
  const meant = suggestion(text);
  return { diagnostics: meant ? [] : check(text), suggestion: meant };
}

/** Why the text must not be sent. */
export function errorOf({ diagnostics }: Inspection): Diagnostic | undefined {
  return diagnostics.find((diagnostic) => diagnostic.severity === "error");
}
