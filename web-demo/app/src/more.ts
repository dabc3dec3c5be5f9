// Whether a tenant has more devices that match than it answered with. It does not say so itself, and its own cap may be
// lower than the limit that it was asked for.

import type { NetskopeClient } from "netskope-wasm";

/** What is known of further devices. */
export type More = "none" | "some" | "unknown";

/** Asks for one record beyond those received. */
export function beyond(
  received: number,
  client: NetskopeClient,
  query: string,
  signal: AbortSignal,
): Promise<More> {
  return ask(client.clients({ query, limit: 1, skip: received, signal }));
}

/** The devices are shown by now, so that a failure here only leaves the question open. */
async function ask(answer: ReturnType<NetskopeClient["clients"]>): Promise<More> {
  try {
    const { devices, unread = [], absence } = await answer;
    return absence !== undefined ? "unknown" : devices.length + unread.length > 0 ? "some" : "none";
  } catch {
    return "unknown";
  }
}
