// Every state but a table of devices, each with its own words and a way on.

import type { Diagnostic } from "netskope-wasm";
import { button, h, type Child } from "./dom";
import { EXAMPLES, type Example } from "./examples";
import type { Failure } from "./failure";
import { prose, sentence } from "./prose";
import { countDown, duration } from "./time";

/** What the ways on do. */
export interface Ways {
  retry(query: string): void;
  cancel(): void;
  backToBox(): void;
  example(example: Example): void;
}

export function welcome(ways: Ways): HTMLElement {
  return panel(
    "welcome",
    "Which device?",
    h(
      "p",
      {},
      "Type a part of its name or of its user’s name, and press Enter. For anything else, write a query, or start from one of these:",
    ),
    examples(ways),
  );
}

export function loading(ways: Ways): HTMLElement {
  return panel(
    "loading",
    "Looking up…",
    h("div", { class: "progress" }),
    actions(button({}, () => ways.cancel(), "Cancel")),
  );
}

/** The client waits and goes on by itself. */
export function waiting(until: number, reason: string, ways: Ways): HTMLElement {
  const left = h("strong", { class: "count-down" });
  const view = panel(
    "waiting",
    "Waiting to ask again",
    h("p", {}, ...prose(sentence(reason)), " ", left),
    h("div", { class: "progress" }),
    actions(button({}, () => ways.cancel(), "Cancel")),
  );
  countDown(view, until, (seconds) => {
    left.textContent = seconds > 0 ? `The search goes on in ${duration(seconds)}.` : "Asking again…";
  });
  return view;
}

export function nothing(query: string, ways: Ways): HTMLElement {
  return panel(
    "nothing",
    "No device matches",
    h("p", {}, "The tenant was asked for ", h("code", {}, query), " and has none."),
    h(
      "ul",
      {},
      h("li", {}, h("code", {}, "eq"), " wants the whole value, capitals included. ", h("code", {}, "like"), " finds a part of it in any case."),
      h("li", {}, "Typing just a name, without quotes, finds devices and users that have it anywhere in theirs."),
    ),
    actions(button({}, () => ways.backToBox(), "Change the query")),
  );
}

/** The tenant reported success without a list, which says nothing about devices. */
export function noList(query: string, ways: Ways): HTMLElement {
  return panel(
    "no-list",
    "The tenant sent no list of devices",
    h("p", {}, "It reported success, but without a list. That does not mean that no device matches."),
    actions(button({ class: "primary" }, () => ways.retry(query), "Try again")),
  );
}

/** The text is no query. */
export function unsent(error: Diagnostic, ways: Ways): HTMLElement {
  return panel(
    "unsent",
    "Not sent: this is not a query yet",
    h("p", {}, ...prose(sentence(error.message)), " ", ...prose(error.help === undefined ? "" : sentence(error.help))),
    h("p", {}, "The place is marked in the box above. Queries look like these:"),
    examples(ways),
  );
}

export function failed(query: string, failure: Failure, ways: Ways): HTMLElement {
  const retry = button({ class: "primary" }, () => ways.retry(query), "Try again");
  const view = panel(
    `failed ${failure.name}`,
    failure.title,
    h("p", {}, failure.advice),
    actions(retry),
    failure.detail !== undefined && h("p", { class: "detail" }, "What was reported: ", ...prose(sentence(failure.detail))),
  );
  if (failure.notBefore !== undefined) {
    countDown(view, failure.notBefore, (seconds) => {
      retry.disabled = seconds > 0;
      retry.textContent = seconds > 0 ? `Try again in ${duration(seconds)}` : "Try again";
    });
  }
  return view;
}

function examples(ways: Ways): HTMLElement {
  return h(
    "ul",
    { class: "examples" },
    ...EXAMPLES.map((example) =>
      h(
        "li",
        {},
        button(
          { class: "example" },
          () => ways.example(example),
          h("span", {}, example.title),
          h("code", {}, example.query),
        ),
      ),
    ),
  );
}

function panel(name: string, title: string, ...content: Child[]): HTMLElement {
  return h("section", { class: `panel ${name}` }, h("h2", {}, title), ...content);
}

function actions(...buttons: HTMLButtonElement[]): HTMLElement {
  return h("div", { class: "actions" }, ...buttons);
}
