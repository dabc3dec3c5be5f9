// A client's status as a word and a mark, told apart by the mark's shape as well as by its colour.

import { h, icon } from "./dom";
import { DASH } from "./record";

type Look = [tone: string, path: string];

const RING = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z";

// A map, since an object has a look for `constructor` too.
const LOOKS = new Map<string, Look>([
  ["Enabled", ["good", `${RING}M5.4 8.2l1.9 1.9 3.4-3.9`]],
  ["Disabled", ["attention", `${RING}M6.4 6v4M9.6 6v4`]],
  ["Fail Closed", ["bad", "M4 7.2h8v6H4ZM5.6 7.2V5a2.4 2.4 0 0 1 4.8 0v2.2"]],
  ["Uninstalled", ["quiet", "M4 4l8 8M12 4l-8 8"]],
  ["Managed", ["neutral", `${RING}M8 8v.1`]],
  ["Unmanaged", ["neutral", RING]],
]);

const UNKNOWN: Look = ["neutral", `${RING}M6.6 6.6a1.4 1.4 0 1 1 1.4 1.7v.6M8 11v.1`];

/** The status in words, with its mark. */
export function statusMark(status: string | undefined): HTMLElement {
  if (status === undefined) {
    return h("span", { class: "none" }, DASH);
  }
  const [tone, path] = LOOKS.get(status) ?? UNKNOWN;
  return h("span", { class: `status ${tone}` }, icon(path), h("span", { class: "brief" }, status));
}
