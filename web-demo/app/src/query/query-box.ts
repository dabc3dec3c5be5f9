// The query box: `<query-box>`, which checks what is typed and hands over only what may be sent.

import type { EditorView } from "@codemirror/view";
import type { Diagnostic } from "netskope-wasm";
import { button, h, icon } from "../dom";
import { createEditor, mark, oneLine, type Language } from "./editor";
import { errorOf, NOTHING_TO_SAY, type Fix, type Inspection } from "./inspection";
import { foremost, noteOf, type NoteActions } from "./note";
import styles from "./query-box.css?inline";

const PAUSE_MS = 200;
const LENS = "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Zm3.5 8.3L14 14";

/** What the page does about the box. */
export interface QueryBoxEvents {
  lookup(query: string): void;
  /** A text that is no query and was not sent. */
  refused(query: string, error: Diagnostic): void;
}

/** What the box must know of queries. */
export interface QueryLanguage extends Language {
  inspect(text: string): Inspection;
}

export class QueryBox extends HTMLElement implements NoteActions {
  readonly #editor: EditorView;
  readonly #note = h("div", { id: "note" });
  #language: QueryLanguage | undefined;
  #events: QueryBoxEvents | undefined;
  #inspection = NOTHING_TO_SAY;
  #about: unknown;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #entered = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    const field = h("div", { class: "field" }, icon(LENS));
    root.append(h("span", { id: "label" }, "Host name, user, or query"), field, this.#note);
    this.#editor = createEditor(root, field, {
      typed: () => this.#later(),
      moved: () => this.#say(),
      entered: () => this.submit(),
      fixWanted: () => this.#fixForemost(),
    }, () => this.#language);
    field.append(button({ class: "go" }, () => this.submit(), "Look up"));
    field.addEventListener("click", () => this.focus());
  }

  /** Puts the box to work, once queries can be checked; what was entered before is taken up now. */
  connect(language: QueryLanguage, events: QueryBoxEvents): void {
    this.#language = language;
    this.#events = events;
    this.#now();
    if (this.#entered) {
      this.submit();
    }
  }

  get text(): string {
    return this.#editor.state.doc.toString();
  }

  /** Fills the box and puts the cursor at its end, or selects a part to be typed over. */
  fill(text: string, selected = ""): void {
    const line = oneLine(text);
    const start = selected === "" ? line.length : line.indexOf(selected);
    this.#editor.dispatch({
      changes: { from: 0, to: this.#editor.state.doc.length, insert: line },
      selection: { anchor: start, head: start + selected.length },
    });
    this.#now();
    this.focus();
  }

  override focus(): void {
    this.#editor.focus();
  }

  /** Hands the text over if it is a query; words are turned into the query that was meant. */
  submit(): void {
    this.#entered = this.#language === undefined;
    this.#now();
    if (this.#inspection.suggestion) {
      this.fill(this.#inspection.suggestion.query);
    }
    const error = errorOf(this.#inspection);
    if (error) {
      this.#events?.refused(this.text, error);
    } else if (this.text.trim() !== "") {
      this.#events?.lookup(this.text);
    }
  }

  takeSuggestion(): void {
    this.submit();
    this.focus();
  }

  fix({ span, replacement }: Fix): void {
    this.#editor.dispatch({
      changes: { from: span.start, to: span.end, insert: replacement },
      selection: { anchor: span.start + replacement.length },
      userEvent: "input.fix",
    });
    this.#now();
    this.focus();
  }

  #fixForemost(): boolean {
    this.#now();
    const fix = foremost(this.#inspection, this.#cursor)?.fix;
    if (fix) {
      this.fix(fix);
    }
    return fix !== undefined;
  }

  #later(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#now(), PAUSE_MS);
  }

  #now(): void {
    clearTimeout(this.#pause);
    this.#inspection = this.#language?.inspect(this.text) ?? NOTHING_TO_SAY;
    mark(this.#editor, this.#inspection.diagnostics);
    this.#say();
  }

  get #cursor(): number {
    return this.#editor.state.selection.main.head;
  }

  /** Writes the note, unless it stands there already and may be under the pointer, and moves it below its place. */
  #say(): void {
    const about = this.#inspection.suggestion ?? foremost(this.#inspection, this.#cursor);
    if (about !== this.#about) {
      this.#about = about;
      const note = noteOf(this.#inspection, this.#cursor, this);
      this.#note.replaceChildren(...(note ? [note] : []));
    }
    const place = foremost(this.#inspection, this.#cursor)?.span.start;
    this.#editor.requestMeasure({
      key: this,
      read: () => {
        // The text may have become shorter since it was inspected.
        const coords = place === undefined || place > this.text.length ? null : this.#editor.coordsAtPos(place);
        const { left } = this.#note.getBoundingClientRect();
        return { x: coords ? coords.left - left : 0, bottom: this.#editor.coordsAtPos(this.#cursor)?.bottom ?? 0 };
      },
      write: ({ x, bottom }) => {
        this.style.setProperty("--place", `${Math.max(0, x)}px`);
        // How high the note is depends on its place.
        this.style.setProperty("--note-depth", `${this.#note.getBoundingClientRect().bottom - bottom}px`);
      },
    });
  }
}

function sheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  return sheet;
}

customElements.define("query-box", QueryBox);
