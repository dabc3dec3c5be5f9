// What else is known of a device, and every one of its users.

import type { Device } from "netskope-wasm";
import { h } from "./dom";
import { at, DASH, seconds, text, users, words } from "./record";
import { statusMark } from "./status";
import { ago, exact } from "./time";

type Fact = [title: string, read: (device: Device) => string | undefined];

const FACTS: Fact[] = [
  ["Device ID", plain("_id")],
  ["Client’s device ID", plain("host_info.nsdeviceuid")],
  ["Maker", plain("host_info.device_make")],
  ["Model", plain("host_info.device_model")],
  ["Serial number", plain("host_info.serialNumber")],
  ["Network cards", plain("host_info.macAddresses")],
  ["Management ID", plain("host_info.managementID")],
  ["Steering", plain("host_info.steeringConfig")],
  ["Client version", plain("client_version")],
  ["Private Access", coded("last_event.npa_status")],
  ["Caused by", coded("last_event.actor")],
  ["Last event at", time("last_event.timestamp")],
  ["Client installed", time("client_install_time")],
];

/** The facts that the tenant has, and a list of users. */
export function deviceDetails(device: Device): HTMLElement {
  const facts = FACTS.flatMap(([title, read]) => {
    const value = read(device);
    return value === undefined ? [] : [h("div", {}, h("dt", {}, title), h("dd", {}, value))];
  });
  return h("div", { class: "more-on" }, h("dl", {}, ...facts), userList(users(device)));
}

/** A device matches a query through any one of its users, so each is shown with their own last event. */
function userList(all: unknown[]): HTMLElement {
  if (all.length === 0) {
    return h("p", { class: "quiet" }, "No user is known.");
  }
  return h("ul", { class: "users", "aria-label": "Users" }, ...all.map((user) => h("li", {}, ...userLine(user))));
}

function userLine(user: unknown): (Node | string)[] {
  const facts = [
    words(at(user, "last_event.event"), "last_event.event"),
    words(at(user, "device_classification_status"), "users.device_classification_status"),
    words(at(user, "user_source"), "users.user_source"),
  ].filter((fact) => fact !== undefined);
  return [
    h("strong", {}, text(at(user, "username")) ?? text(at(user, "userkey")) ?? DASH),
    statusMark(words(at(user, "last_event.status"), "last_event.status")),
    h("span", {}, facts.join(" · ")),
    ago(seconds(at(user, "last_event.timestamp"))),
  ];
}

function plain(path: string): Fact[1] {
  return (device) => text(at(device, path));
}

function coded(field: string): Fact[1] {
  return (device) => words(at(device, field), field);
}

function time(path: string): Fact[1] {
  return (device) => {
    const then = seconds(at(device, path));
    return then === undefined ? undefined : exact(then);
  };
}
