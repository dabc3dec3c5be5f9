// Whether a tenant has more devices that match than it answered with. It does not say so itself, and its own cap may be
// lower than the limit that it was asked for.

import type { NetskopeClient } from "netskope-wasm";

/** What is known of further devices. */
export type More = "none" | "some" | "unknown";

/** The lowest cap a tenant is taken to have: an answer with fewer devices has them all. */
const SMALLEST_CAP = 100;

/** Asks for one device beyond those found; nothing where they are too few to be cut off. */
export function moreThan(
  found: number,
  client: NetskopeClient,
  query: string,
  signal: AbortSignal,
): Promise<More> | undefined {
  return found < SMALLEST_CAP ? undefined : ask(client.clients({ query, limit: 1, skip: found, signal }));
}

/** The devices are shown by now, so that a failure here only leaves the question open. */
async function ask(answer: ReturnType<NetskopeClient["clients"]>): Promise<More> {
  try {
    const { devices, absence } = await answer;
    return absence !== undefined ? "unknown" : devices.length > 0 ? "some" : "none";
  } catch {
    return "unknown";
  }
}
