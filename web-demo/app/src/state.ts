// What the page can be showing.

import type { Device, Diagnostic } from "netskope-wasm";
import type { Failure } from "./failure";

export type State =
  | { kind: "welcome" }
  | { kind: "loading"; query: string }
  /** The client waits by itself and then goes on. `until` is in milliseconds since 1970. */
  | { kind: "waiting"; query: string; until: number; reason: string }
  /** `full` where the tenant may have more devices than one search shows. */
  | { kind: "found"; query: string; devices: Device[]; full: boolean; at: Date }
  | { kind: "nothing"; query: string }
  /** The tenant reported success without a list, which is not the same as an empty one. */
  | { kind: "no-list"; query: string }
  /** The text is no query and was not sent. */
  | { kind: "unsent"; query: string; error: Diagnostic }
  | { kind: "failed"; query: string; failure: Failure };
