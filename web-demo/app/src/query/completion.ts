// What may be written next, offered below the cursor.

import {
  autocompletion,
  pickedCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Completion as Offer, Completions } from "netskope-wasm";

/** What may be written at a place in a text. */
export type Complete = (text: string, cursor: number) => Completions;

/** More than anybody reads, and enough to see what there is. */
const MOST = 50;

/** Offers what `complete` knows, which may not be there yet. */
export function completion(complete: () => Complete | undefined): Extension {
  return [
    autocompletion({
      override: [(context) => offers(context, complete())],
      // Enter looks up what stands there unless an offer was chosen: nobody's query is changed by sending it.
      selectOnOpen: false,
      activateOnCompletion: ({ type }) => type !== "value",
      icons: false,
      tooltipClass: () => "offers",
      optionClass: ({ type }) => `kind-${type}`,
    }),
    THEME,
  ];
}

function offers({ state, pos, explicit }: CompletionContext, complete?: Complete): CompletionResult | null {
  const text = state.doc.toString();
  // An empty box shows examples, and a list over them would only be in the way.
  if (!complete || (text.trim() === "" && !explicit)) {
    return null;
  }
  const { replace, items } = complete(text, pos);
  const typed = text.slice(replace.start, pos);
  const isWritten = items.some(({ insert }) => insert === typed);
  if (items.length === 0 || (isWritten && !explicit)) {
    return null;
  }
  // They come ranked and fitting, and are asked for anew with each letter.
  return { from: replace.start, to: replace.end, options: items.slice(0, MOST).map(option), filter: false };
}

function option({ insert, label, kind, doc }: Offer): Completion {
  return {
    label,
    type: kind,
    detail: doc,
    apply: (editor, picked, from, to) => {
      const { length } = editor.state.doc;
      // A word is followed by another, so the blank between them is written with it.
      const written = to === length && kind !== "value" && /\w$/.test(insert) ? `${insert} ` : insert;
      editor.dispatch({
        changes: { from, to, insert: written },
        selection: { anchor: from + written.length },
        annotations: pickedCompletion.of(picked),
        userEvent: "input.complete",
      });
    },
  };
}

const THEME = EditorView.theme({
  ".cm-tooltip.offers": {
    marginBlockStart: "0.35rem",
    border: "1px solid var(--edge)",
    borderRadius: "0.5rem",
    backgroundColor: "var(--surface)",
    boxShadow: "0 6px 24px light-dark(rgb(24 32 42 / 16%), rgb(0 0 0 / 55%))",
    color: "var(--text)",
    overflow: "hidden",
  },
  ".cm-tooltip.offers > ul": {
    maxHeight: "17rem",
    maxWidth: "min(44rem, calc(100vw - 2rem))",
    minWidth: "min(20rem, calc(100vw - 2rem))",
    padding: "0.25rem",
    fontFamily: "var(--mono)",
    fontSize: "0.875rem",
  },
  ".cm-tooltip.offers > ul > li": {
    display: "flex",
    gap: "1.25rem",
    alignItems: "baseline",
    justifyContent: "space-between",
    padding: "0.3rem 0.55rem",
    borderRadius: "0.3rem",
    lineHeight: "1.35",
  },
  ".cm-tooltip.offers > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".offers .cm-completionLabel": { flex: "none", maxWidth: "60%", overflow: "hidden", textOverflow: "ellipsis" },
  ".offers .cm-completionDetail": {
    margin: "0",
    overflow: "hidden",
    color: "var(--muted)",
    fontFamily: "var(--sans)",
    fontSize: "0.8125rem",
    fontStyle: "normal",
    textOverflow: "ellipsis",
  },
  ".offers li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".offers .kind-operator .cm-completionLabel, .offers .kind-keyword .cm-completionLabel": { color: "var(--accent-text)" },
  ".offers li[aria-selected] .cm-completionLabel": { color: "inherit" },
});
