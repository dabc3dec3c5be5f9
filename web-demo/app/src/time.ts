// Times as people read them: how long ago, with the exact local time at hand.

import { age } from "netskope-wasm";
import { h } from "./dom";
import { DASH } from "./record";

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const REFRESH_MS = 30_000;
const TICK_MS = 250;

/** "3 d ago", which keeps up while the page stays open. */
export function ago(then: number | undefined): HTMLElement {
  if (then === undefined) {
    return h("span", { class: "none" }, DASH);
  }
  const date = new Date(then * 1000);
  return h(
    "time",
    { datetime: date.toISOString(), title: EXACT.format(date), "data-then": String(then) },
    age(nowInSeconds(), then),
  );
}

/** The exact local time. */
export function exact(then: number): string {
  return EXACT.format(new Date(then * 1000));
}

/** The time of day. */
export function clock(date: Date): string {
  return CLOCK.format(date);
}

/** "7 s", "2 min 5 s" or "1 h 2 min". */
export function duration(totalSeconds: number): string {
  const minutes = Math.floor(totalSeconds / 60);
  const parts = [
    { count: Math.floor(minutes / 60), unit: "h" },
    { count: minutes % 60, unit: "min" },
    { count: totalSeconds % 60, unit: "s" },
  ];
  const said = parts.filter(({ count }) => count > 0).map(({ count, unit }) => `${count} ${unit}`);
  return said.join(" ") || "0 s";
}

/** Brings every "ago" below an element up to date, from now on. */
export function keepCurrent(root: ParentNode): void {
  setInterval(() => {
    for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-then]")) {
      time.textContent = age(nowInSeconds(), Number(time.dataset["then"]));
    }
  }, REFRESH_MS);
}

/** Calls back with the whole seconds left, now and as they pass, until none are left or the element is gone. */
export function countDown(element: Element, until: number, tick: (left: number) => void): void {
  const step = (): void => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    tick(left);
    if (left > 0) {
      setTimeout(() => element.isConnected && step(), TICK_MS);
    }
  };
  step();
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
