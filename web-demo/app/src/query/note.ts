// The note below the query box: what is wrong and how to mend it, or what was meant.

import type { Diagnostic } from "netskope-wasm";
import { button, h, icon, type Child } from "../dom";
import { prose, sentence } from "../prose";
import { errorOf, type Fix, type Inspection } from "./inspection";

/** What the note's buttons do. */
export interface NoteActions {
  fix(fix: Fix): void;
  takeSuggestion(): void;
}

const MARKS = {
  error: "M8 1.5 14.5 8 8 14.5 1.5 8ZM8 4.8v3.9m0 2.1v.1",
  warning: "M8 2 14.8 14H1.2ZM8 6.3v3.6m0 1.8v.1",
  note: "M8 1.7a6.3 6.3 0 1 1 0 12.6A6.3 6.3 0 0 1 8 1.7ZM8 7.3v3.9M8 4.7v.1",
};

/** The finding to speak of: the one at the cursor, else the first error, else the first. */
export function foremost(inspection: Inspection, cursor: number): Diagnostic | undefined {
  const { diagnostics } = inspection;
  return (
    diagnostics.find(({ span }) => span.start <= cursor && cursor <= span.end) ??
    errorOf(inspection) ??
    diagnostics[0]
  );
}

/** The note's content; nothing where there is nothing to say. */
export function noteOf(inspection: Inspection, cursor: number, actions: NoteActions): Node | undefined {
  if (inspection.suggestion) {
    return suggestionNote(inspection.suggestion.words, actions);
  }
  const finding = foremost(inspection, cursor);
  return finding && findingNote(finding, inspection.diagnostics.length - 1, actions);
}

function suggestionNote(words: string, actions: NoteActions): Node {
  return h(
    "p",
    { class: "suggestion" },
    button({ class: "link" }, () => actions.takeSuggestion(), `Look up devices named or used by “${words}”`),
    h("kbd", {}, "Enter"),
  );
}

function findingNote(finding: Diagnostic, others: number, actions: NoteActions): Node {
  const { severity, message, help, fix } = finding;
  const more: Child = others > 0 && h("span", { class: "more" }, ` ${others} more below the marks.`);
  return h(
    "p",
    { class: severity },
    icon(MARKS[severity]),
    h("span", { class: "message" }, ...prose(sentence(message))),
    help !== undefined && h("span", { class: "help" }, ...prose(sentence(help))),
    more,
    fix && fixButton(fix, () => actions.fix(fix)),
  );
}

function fixButton({ span, replacement }: Fix, apply: () => void): Node {
  const verb = span.start === span.end ? "Add " : "Use ";
  const name = replacement === "" ? ["Remove it"] : [verb, h("code", {}, replacement)];
  return h(
    "span",
    { class: "fix" },
    button({ class: "small" }, apply, ...name),
    h("kbd", {}, "Alt+Enter"),
  );
}
