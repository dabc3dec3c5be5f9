// What the page can be showing.

import type { Device, Diagnostic } from "netskope-wasm";
import type { Failure } from "./failure";
import type { More } from "./more";

/** Devices that match. `more` is there where these may not be all of them, and settles once that is known. */
export interface Found {
  kind: "found";
  query: string;
  devices: Device[];
  /** How many records of the answer were no devices. */
  unread: number;
  more: Promise<More> | undefined;
  at: Date;
}

export type State =
  | { kind: "welcome" }
  | { kind: "loading"; query: string }
  /** The client waits by itself and then goes on. `until` is in milliseconds since 1970. */
  | { kind: "waiting"; query: string; until: number; reason: string }
  | Found
  | { kind: "nothing"; query: string }
  /** The tenant reported success without a list, which is not the same as an empty one. */
  | { kind: "no-list"; query: string }
  /** The text is no query and was not sent. */
  | { kind: "unsent"; query: string; error: Diagnostic }
  | { kind: "failed"; query: string; failure: Failure };
