// One device as a row of the table, and the button that opens what else is known of it.

import type { Device } from "netskope-wasm";
import { deviceDetails } from "./device-details";
import { button, h, icon, type Child } from "./dom";
import { at, DASH, hostname, seconds, text, users, words } from "./record";
import { statusMark } from "./status";
import { ago } from "./time";

const CHEVRON = "M6 4l4 4-4 4";

/** The columns, in their order; `name` is also their style. */
export const HEADINGS = [
  { name: "host", title: "Host name" },
  { name: "state", title: "Status" },
  { name: "event", title: "Last event" },
  { name: "when", title: "When" },
  { name: "user", title: "User" },
  { name: "os", title: "System" },
  { name: "client", title: "Client" },
  { name: "class", title: "Classification" },
];

/** A row; `repeated` where another device has the same name, so that only the id tells them apart. */
export function deviceRow(device: Device, repeated: boolean): HTMLTableRowElement {
  const row = h("tr", { role: "row", class: "device" });
  const toggle = (): void => toggleDetails(row, opener, device);
  const opener = button(
    { class: "opener", "aria-expanded": "false", "aria-label": `Details of ${hostname(device) ?? "this device"}` },
    toggle,
    icon(CHEVRON),
  );
  row.append(
    h("th", { scope: "row", role: "rowheader", class: "host" }, opener, h("div", {}, ...hostCell(device, repeated))),
    cell("state", statusMark(words(at(device, "last_event.status"), "last_event.status"))),
    cell("event", valueOf(words(at(device, "last_event.event"), "last_event.event"))),
    cell("when", ago(seconds(at(device, "last_event.timestamp")))),
    cell("user", userCell(device, toggle)),
    cell("os", systemCell(device)),
    cell("client", valueOf(text(at(device, "client_version")))),
    cell("class", valueOf(classification(device))),
  );
  row.addEventListener("click", (event) => {
    if (!isElsewhere(event)) {
      toggle();
    }
  });
  return row;
}

function hostCell(device: Device, repeated: boolean): Child[] {
  const name = hostname(device);
  return [
    name === undefined ? none() : h("span", { class: "name brief" }, name),
    (repeated || name === undefined) && h("span", { class: "id brief" }, text(at(device, "_id")) ?? ""),
  ];
}

function userCell(device: Device, open: () => void): HTMLElement {
  const [first, ...others] = users(device).map((user) => text(at(user, "username")));
  const label = `and ${others.length} more ${others.length === 1 ? "user" : "users"}`;
  const name = first === undefined ? none() : brief(...breakable(first));
  const more =
    others.length > 0 && button({ class: "more", "aria-label": label }, open, `+${others.length}`);
  return more ? h("div", { class: "several" }, name, more) : name;
}

/** An address that breaks after its @ before it breaks anywhere else. */
function breakable(address: string): Child[] {
  return address.split(/(?<=@)/).flatMap((part, index) => (index === 0 ? [part] : [h("wbr"), part]));
}

function systemCell(device: Device): HTMLElement {
  const os = words(at(device, "host_info.os"), "host_info.os");
  const version = text(at(device, "host_info.os_version"));
  return version === undefined ? valueOf(os) : brief(os ?? DASH, h("span", { class: "version" }, " ", version));
}

/** That of the latest user, since the tenant keeps it by user. */
function classification(device: Device): string | undefined {
  const field = "device_classification_status";
  return words(at(users(device)[0], field), `users.${field}`);
}

function toggleDetails(row: HTMLTableRowElement, opener: HTMLButtonElement, device: Device): void {
  const open = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!open));
  if (open) {
    row.nextElementSibling?.remove();
  } else {
    const content = h("td", { role: "cell", colspan: String(HEADINGS.length) }, deviceDetails(device));
    row.after(h("tr", { role: "row", class: "details" }, content));
  }
}

/** Whether a click was meant for a button, or ended the selection of text to copy. */
function isElsewhere(event: MouseEvent): boolean {
  const onButton = event.target instanceof Element && event.target.closest("button") !== null;
  return onButton || getSelection()?.isCollapsed === false;
}

function cell(name: string, content: HTMLElement): HTMLElement {
  return h("td", { role: "cell", class: name }, content);
}

function valueOf(value: string | undefined): HTMLElement {
  return value === undefined ? none() : brief(value);
}

/** Content that is cut after a few lines until its row is open, since one device must not hide the others. */
function brief(...content: Child[]): HTMLElement {
  return h("span", { class: "brief" }, ...content);
}

function none(): HTMLElement {
  return h("span", { class: "none" }, DASH);
}
