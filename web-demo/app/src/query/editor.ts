// CodeMirror as a box for one query: it wraps, but holds a single line.

import { closeCompletion } from "@codemirror/autocomplete";
import { history, historyKeymap } from "@codemirror/commands";
import { setDiagnostics, linter, type Diagnostic as Mark } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";
import type { Completions, Diagnostic, Highlight } from "netskope-wasm";
import { colours } from "./colours";
import { completion } from "./completion";

/** What is known of the language, once it can be asked. */
export interface Language {
  complete(text: string, cursor: number): Completions;
  highlight(text: string): Highlight[];
}

/** What the box does about what happens in the editor. */
export interface EditorEvents {
  typed(): void;
  moved(): void;
  entered(): void;
  /** Whether there was a fix to apply. */
  fixWanted(): boolean;
}

/** An editor in a shadow root, where a strict content security policy lets CodeMirror style itself. */
export function createEditor(
  root: ShadowRoot,
  parent: Element,
  events: EditorEvents,
  language: () => Language | undefined,
): EditorView {
  const enter = (editor: EditorView): boolean => {
    // Offers that are still being made would come up over what is found.
    closeCompletion(editor);
    events.entered();
    return true;
  };
  const keys = keymap.of([
    { key: "Enter", run: enter, shift: enter },
    { key: "Alt-Enter", run: () => events.fixWanted() },
    ...historyKeymap,
  ]);
  return new EditorView({
    root,
    parent,
    extensions: [
      keys,
      history(),
      completion(() => language()?.complete),
      colours((text) => language()?.highlight(text) ?? []),
      highlightSpecialChars(),
      placeholder("LAPTOP-7, jo@example.com, or host_info.os eq 'Mac'"),
      EditorView.lineWrapping,
      EditorView.clipboardInputFilter.of(oneLine),
      EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)),
      // The message stands below the box; a second one in a tooltip would only cover it.
      linter(null, { tooltipFilter: () => [] }),
      EditorView.contentAttributes.of({
        "aria-labelledby": "label",
        "aria-describedby": "note",
        "aria-multiline": "false",
        enterkeyhint: "search",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          events.typed();
        } else if (update.selectionSet || update.geometryChanged) {
          events.moved();
        }
      }),
      THEME,
    ],
  });
}

/** The text without line breaks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** Underlines what is wrong. */
export function mark(editor: EditorView, diagnostics: Diagnostic[]): void {
  const length = editor.state.doc.length;
  const marks = diagnostics.map(
    ({ severity, span, message }): Mark => ({
      severity: severity === "note" ? "info" : severity,
      message,
      from: Math.min(span.start, length),
      to: Math.min(span.end, length),
    }),
  );
  editor.dispatch(setDiagnostics(editor.state, marks));
  const invalid = diagnostics.some(({ severity }) => severity === "error");
  editor.contentDOM.setAttribute("aria-invalid", String(invalid));
}

/**
 * A wave below the text. It is a background, since Chromium carries a text-decoration on to what is typed over it, as a
 * style attribute, which the content security policy refuses.
 */
function wave(color: string): Record<string, string> {
  const path = `<path d="M0 2q1.5-2 3 0t3 0" fill="none" stroke="${color}" stroke-width="1.3"/>`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4">${path}</svg>`;
  return {
    backgroundImage: `url('data:image/svg+xml,${encodeURIComponent(image)}')`,
    paddingBottom: "3px",
  };
}

// An image takes no variables: these stand out on light as well as on dark ground.
const ERROR = "#e5484d";
const WARNING = "#c97a00";
const NOTE = "#3d86d6";

const THEME = EditorView.theme({
  // A text that was pasted by mistake must not push what is said about it out of sight.
  "&": { color: "inherit", backgroundColor: "transparent", maxBlockSize: "14rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { overflow: "auto", fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "0 0 3px", caretColor: "currentColor" },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--muted)", fontFamily: "var(--sans)" },
  ".cm-lintRange-error": wave(ERROR),
  ".cm-lintRange-warning": wave(WARNING),
  ".cm-lintRange-info": wave(NOTE),
  ".cm-lintPoint:after": { borderBottomColor: ERROR },
  ".cm-lintPoint-warning:after": { borderBottomColor: WARNING },
});
