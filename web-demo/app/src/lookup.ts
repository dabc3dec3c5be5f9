// Searches, one at a time: a new one ends the one in flight.

import { NetskopeClient } from "netskope-wasm";
import { failureOf } from "./failure";
import { beyond } from "./more";
import type { State } from "./state";

/** How many devices a search shows at most. */
const LIMIT = 1_000;

/** Few, since someone is waiting and can try again by hand. */
const RETRIES = 2;

export class Lookup {
  readonly #client = new NetskopeClient({ baseUrl: location.origin, retries: RETRIES });
  readonly #show: (state: State) => void;
  #current = new AbortController();

  constructor(show: (state: State) => void) {
    this.#show = show;
  }

  /** Shows what the search comes to, unless it is overtaken by another. */
  async run(query: string): Promise<void> {
    this.cancel();
    const { signal } = (this.#current = new AbortController());
    const show = (state: State): void => {
      if (!signal.aborted) {
        this.#show(state);
      }
    };
    show({ kind: "loading", query });
    try {
      const { devices, unread = [], absence, mayHaveMore } = await this.#client.clients({
        query,
        limit: LIMIT,
        signal,
        onWait: ({ seconds, reason }) =>
          show({ kind: "waiting", query, until: Date.now() + seconds * 1000, reason }),
      });
      if (absence !== undefined) {
        show({ kind: "no-list", query });
      } else if (devices.length + unread.length === 0) {
        show({ kind: "nothing", query });
      } else {
        const received = devices.length + unread.length;
        const more = mayHaveMore ? beyond(received, this.#client, query, signal) : undefined;
        show({ kind: "found", query, devices, unread: unread.length, more, at: new Date() });
      }
    } catch (error) {
      show({ kind: "failed", query, failure: failureOf(error) });
    }
  }

  /** Ends the search in flight. */
  cancel(): void {
    this.#current.abort();
  }
}
