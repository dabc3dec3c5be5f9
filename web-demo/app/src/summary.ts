// What stands above the table: how many devices, whether that is all of them, and how old the answer is.

import { button, h } from "./dom";
import type { More } from "./more";
import type { Found } from "./state";
import { clock } from "./time";

const SAID_MS = 2_000;
const COUNT = new Intl.NumberFormat("en");

const MORE: Record<More, string> = {
  none: "",
  some: "There are more: narrow the query.",
  unknown: "There may be more: narrow the query.",
};

/** "38 devices". */
export function countLine(count: number): string {
  return `${COUNT.format(count)} ${count === 1 ? "device" : "devices"}`;
}

/** What a help desk must know of records that it cannot see. */
function unreadLine(count: number): HTMLElement | undefined {
  const records = count === 1 ? "1 record" : `${COUNT.format(count)} records`;
  return count > 0 ? h("p", { class: "unread" }, `${records} of the answer could not be read.`) : undefined;
}

export function summary({ devices, unread, more, at }: Found): HTMLElement {
  const count = countLine(devices.length);
  const title = h("h2", {}, count);
  const rest = more && h("p", { role: "status" }, "Asking whether there are more…");
  void more?.then((known) => {
    title.textContent = known === "none" ? count : `The first ${count}`;
    rest?.replaceChildren(MORE[known]);
  });
  return h("div", { class: "summary" }, title, h("p", {}, `Looked up at ${clock(at)}.`), rest, unreadLine(unread), copyLink());
}

/** Nothing where the browser lends no clipboard, as on plain http from another machine; the address bar has the link. */
function copyLink(): HTMLButtonElement | undefined {
  const label = "Copy link";
  const say = (words: string): void => {
    copy.textContent = words;
    setTimeout(() => (copy.textContent = label), SAID_MS);
  };
  const copy = button({ class: "copy", title: "Copy the link that repeats this search" }, () => {
    navigator.clipboard.writeText(location.href).then(
      () => say("Copied"),
      () => say("Not allowed"),
    );
  }, label);
  return "clipboard" in navigator ? copy : undefined;
}
