// CodeMirror as a box for one query: it wraps, but holds a single line.

import { history, historyKeymap } from "@codemirror/commands";
import { setDiagnostics, linter, type Diagnostic as Mark } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import type { Diagnostic } from "netskope-wasm";

/** What the box does about what happens in the editor. */
export interface EditorEvents {
  typed(): void;
  moved(): void;
  entered(): void;
  /** Whether there was a fix to apply. */
  fixWanted(): boolean;
}

/** An editor in a shadow root, where a strict content security policy lets CodeMirror style itself. */
export function createEditor(root: ShadowRoot, parent: Element, events: EditorEvents): EditorView {
  const enter = (): boolean => {
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
      placeholder("LAPTOP-7, jo@example.com, or host_info.os eq 'Mac'"),
      EditorView.lineWrapping,
      EditorView.clipboardInputFilter.of((text) => text.replaceAll(/\s*[\r\n]+\s*/g, " ")),
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

/** Underlines what is wrong. */
export function mark(editor: EditorView, diagnostics: Diagnostic[]): void {
  const length = editor.state.doc.length;
  const marks = diagnostics.map(
    ({ severity, span, message }): Mark => ({
      severity,
      message,
      from: Math.min(span.start, length),
      to: Math.min(span.end, length),
    }),
  );
  editor.dispatch(setDiagnostics(editor.state, marks));
  const invalid = diagnostics.some(({ severity }) => severity === "error");
  editor.contentDOM.setAttribute("aria-invalid", String(invalid));
}

const wavy = (color: string): Record<string, string> => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${color} 1.5px`,
  textUnderlineOffset: "3px",
  textDecorationSkipInk: "none",
});

const THEME = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "0 0 3px", caretColor: "currentColor" },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--muted)", fontFamily: "var(--sans)" },
  ".cm-lintRange": { paddingBottom: "0" },
  ".cm-lintRange-error": wavy("var(--bad)"),
  ".cm-lintRange-warning": wavy("var(--attention)"),
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--attention)" },
});
