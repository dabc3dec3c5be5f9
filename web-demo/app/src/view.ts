// What a state looks like, and what is said of it to those who do not see it.

import { results } from "./results";
import type { State } from "./state";
import * as states from "./states";
import { countLine } from "./summary";
import { duration } from "./time";

/** The element that shows a state. */
export function view(state: State, ways: states.Ways): HTMLElement {
  switch (state.kind) {
    case "welcome":
      return states.welcome(ways);
    case "loading":
      return states.loading(ways);
    case "waiting":
      return states.waiting(state.until, state.reason, ways);
    case "found":
      return results(state);
    case "nothing":
      return states.nothing(state.query, ways);
    case "no-list":
      return states.noList(state.query, ways);
    case "unsent":
      return states.unsent(state.error, ways);
    case "failed":
      return states.failed(state.query, state.failure, ways);
  }
}

/** The state in one sentence. */
export function announce(state: State): string {
  switch (state.kind) {
    case "welcome":
      return "";
    case "loading":
      return "Looking up.";
    case "waiting":
      return `Waiting ${duration(Math.ceil((state.until - Date.now()) / 1000))}: ${state.reason}.`;
    case "found":
      return `${countLine(state.devices.length)} found.`;
    case "nothing":
      return "No device matches.";
    case "no-list":
      return "The tenant sent no list of devices.";
    case "unsent":
      return `Not sent: ${state.error.message}.`;
    case "failed":
      return `${state.failure.title}. ${state.failure.advice}`;
  }
}
