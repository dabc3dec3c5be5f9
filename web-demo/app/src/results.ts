// The table of devices that a search found.

import type { Device } from "netskope-wasm";
import { button, h } from "./dom";
import { deviceRow, HEADINGS } from "./device-row";
import { hostname, users } from "./record";
import { clock } from "./time";

const SAID_MS = 2_000;
const COUNT = new Intl.NumberFormat("en");

/** "38 devices", or that there may be more. */
export function countLine(count: number, full: boolean): string {
  return full ? `The first ${COUNT.format(count)} devices` : `${COUNT.format(count)} ${count === 1 ? "device" : "devices"}`;
}

export function results(query: string, devices: Device[], full: boolean, at: Date): HTMLElement {
  const repeated = repeatedNames(devices);
  return h(
    "section",
    { class: "results" },
    h(
      "div",
      { class: "summary" },
      h("h2", {}, countLine(devices.length, full)),
      full && h("p", {}, "There may be more: narrow the query."),
      h("p", {}, `Looked up at ${clock(at)}.`),
      copyLink(),
    ),
    anyUserCounts(query, devices) &&
      h("p", { class: "hint" }, "One matching user is enough: a device’s own last event may be another. Open its row to see all users."),
    h(
      "table",
      { role: "table", "aria-label": "Devices" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...HEADINGS.map(heading))),
      h("tbody", { role: "rowgroup" }, ...devices.map((device) => deviceRow(device, repeated.has(key(device))))),
    ),
  );
}

/** Whether the answer holds devices that a reader of the query would not expect, such as an enabled one among the disabled. */
function anyUserCounts(query: string, devices: Device[]): boolean {
  return query.includes("last_event") && devices.some((device) => users(device).length > 1);
}

function heading({ title, name }: { title: string; name: string }): HTMLElement {
  return h("th", { scope: "col", role: "columnheader", class: name }, title);
}

/** Names that more than one of these devices has; people do not tell them apart by case. */
function repeatedNames(devices: Device[]): Set<string> {
  const seen = new Set<string>();
  return new Set(devices.map(key).filter((name) => seen.has(name) || !seen.add(name)));
}

function key(device: Device): string {
  return (hostname(device) ?? "").toLowerCase();
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
