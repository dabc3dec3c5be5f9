// The table of devices that a search found.

import type { Device } from "netskope-wasm";
import { h } from "./dom";
import { deviceRow, HEADINGS } from "./device-row";
import { hostname, users } from "./record";
import type { Found } from "./state";
import { summary } from "./summary";

export function results(found: Found): HTMLElement {
  const { query, devices } = found;
  const repeated = repeatedNames(devices);
  return h(
    "section",
    { class: "results" },
    summary(found),
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
