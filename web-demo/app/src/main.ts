// The page: a query box above, and below it what the last search came to.

import init, { complete, highlight } from "netskope-wasm";
import type { Example } from "./examples";
import { failureOf } from "./failure";
import { linkTo, queryOfLink } from "./link";
import { Lookup } from "./lookup";
import { inspect } from "./query/inspection";
import { QueryBox } from "./query/query-box";
import type { State } from "./state";
import { keepCurrent } from "./time";
import { announce, view } from "./view";

const box = required("query-box", QueryBox);
const place = required("#view", HTMLElement);
const announcer = required("#announcer", HTMLElement);

let shown: State = { kind: "welcome" };
let lookup: Lookup | undefined;

const ways = {
  retry: (query: string) => (lookup ? void lookup.run(query) : location.reload()),
  backToBox: () => box.focus(),
  cancel: () => {
    lookup?.cancel();
    show({ kind: "welcome" });
    box.focus();
  },
  example: ({ query, typeOver }: Example) => {
    box.fill(query, typeOver);
    if (typeOver === undefined) {
      box.submit();
    }
  },
};

function show(state: State): void {
  shown = state;
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(view(state, ways));
  if (hadFocus) {
    focusHeading();
  }
  place.setAttribute("aria-busy", String(state.kind === "loading" || state.kind === "waiting"));
  announcer.textContent = announce(state);
}

/** Keeps the focus where it was on the page, when what had it is gone. */
function focusHeading(): void {
  const heading = place.querySelector("h2");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

function takeUpLink(): void {
  const query = queryOfLink();
  if (query !== undefined && query !== box.text) {
    box.fill(query);
    box.submit();
  }
}

async function start(): Promise<void> {
  box.focus();
  show(shown);
  keepCurrent(place);
  await init();
  const running = (lookup = new Lookup(show));
  box.connect({ inspect, complete, highlight }, {
    lookup: (query) => {
      linkTo(query);
      void running.run(query);
    },
    refused: (query, error) => {
      running.cancel();
      show({ kind: "unsent", query, error });
    },
  });
  addEventListener("hashchange", takeUpLink);
  takeUpLink();
  performance.mark("ready");
}

function required<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) {
    throw new Error(`the page has no ${selector}`);
  }
  return element;
}

start().catch((error: unknown) => show({ kind: "failed", query: "", failure: failureOf(error) }));
