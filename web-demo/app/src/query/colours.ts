// A query's pieces in the colours of what they are.
//
// The browser paints them over the text. Elements of their own would be carried on by Chromium to what is typed over them,
// as a style attribute, which the content security policy refuses.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Highlight as Piece } from "netskope-wasm";

type Class = Piece["class"];

/** How each is called in the style sheet; what is not here has the colour of text. */
const NAMES: Partial<Record<Class, string>> = {
  operator: "query-operator",
  keyword: "query-keyword",
  string: "query-value",
  number: "query-value",
  constant: "query-value",
};

/** Beyond this a text is hardly a query, and painting it at each letter would be felt. */
const LONGEST = 20_000;

/** Paints the text anew whenever the editor changes, in a browser that can. */
export function colours(pieces: (text: string) => Piece[]): Extension {
  return "highlights" in CSS ? EditorView.updateListener.of(({ view }) => paint(view, pieces)) : [];
}

/** Paints the text; there is one editor on a page. */
function paint(editor: EditorView, pieces: (text: string) => Piece[]): void {
  const text = editor.state.doc.toString();
  const painted = new Map(Object.values(NAMES).map((name) => [name, new Highlight()]));
  for (const { span, class: kind } of text.length > LONGEST ? [] : pieces(text)) {
    painted.get(NAMES[kind] ?? "")?.add(rangeOf(editor, span));
  }
  painted.forEach((ranges, name) => CSS.highlights.set(name, ranges));
}

function rangeOf(editor: EditorView, { start, end }: Piece["span"]): Range {
  const [from, to] = [editor.domAtPos(start), editor.domAtPos(end)];
  const range = new Range();
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}
