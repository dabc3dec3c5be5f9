// Why a search failed, in words for someone at a help desk, and what to do about it.

import { NetskopeError } from "netskope-wasm";

/** A failed search. */
export interface Failure {
  /** For tests and styles: which row of the table below. */
  name: string;
  title: string;
  advice: string;
  /** The words of the machine that failed, for whoever has to mend it; nothing where they say no more, or mislead. */
  detail: string | undefined;
  /** When a next try makes sense, in milliseconds since 1970; nothing where it does at once. */
  notBefore: number | undefined;
}

interface Row {
  name: string;
  applies: (error: NetskopeError) => boolean;
  title: string;
  advice: string;
  /** Set where the client speaks of a tenant, but means the server of this page. */
  withoutDetail?: true;
}

/** The first row that applies. */
const ROWS: Row[] = [
  {
    name: "no-key",
    applies: ({ status }) => status === 401,
    title: "This page needs its access link",
    advice:
      "Open the link that the server printed in the terminal when it started. It holds a key that this browser does not have yet, or has from an earlier start.",
    withoutDetail: true,
  },
  {
    name: "misdirected",
    applies: ({ status }) => status === 421,
    title: "This page was opened under an address its server does not know",
    advice:
      "Open the link that the server printed when it started. To use the page under this address as well, whoever runs the server must start it again and name the address with --allow-host.",
    withoutDetail: true,
  },
  {
    name: "refused",
    applies: ({ kind }) => kind === "refused",
    title: "The tenant refused the server’s token",
    advice:
      "Your search is fine. The server has no valid token for the tenant’s REST API v1: whoever runs it must start it again with one (Settings > Tools > Rest API v1).",
  },
  {
    name: "rate-limited",
    applies: ({ kind }) => kind === "rate-limited",
    title: "Too many searches for the tenant right now",
    advice: "It answers only so many within a few seconds, and others may be asking it too. Your query stays in the box.",
  },
  {
    name: "rejected",
    applies: ({ kind }) => kind === "rejected" || kind === "request",
    title: "The tenant did not take this query",
    advice: "It is well formed, but the tenant could not work with it. Try one of its parts alone.",
  },
  {
    name: "down",
    applies: ({ kind }) => kind === "network",
    title: "The server of this page does not answer",
    advice:
      "It was stopped, or your connection is down. If it was started again, open the new link that it printed: its key has changed.",
    withoutDetail: true,
  },
  {
    name: "too-large",
    applies: ({ kind }) => kind === "too-large",
    title: "The answer is too large",
    advice: "Narrow the query so that fewer devices match.",
  },
  {
    name: "server",
    applies: () => true,
    title: "The tenant did not answer as it should",
    advice: "The server of this page works, but the tenant behind it failed or could not be reached. Try again in a moment.",
  },
];

/** What a search threw. */
export function failureOf(error: unknown): Failure {
  const row = error instanceof NetskopeError ? ROWS.find(({ applies }) => applies(error)) : undefined;
  const retryAfter = error instanceof NetskopeError ? error.retryAfter : undefined;
  return {
    name: row?.name ?? "page",
    title: row?.title ?? "Something went wrong in this page",
    advice: row?.advice ?? "Load the page again. If that does not help, report the words below.",
    detail: row?.withoutDetail ? undefined : error instanceof Error ? error.message : String(error),
    notBefore: retryAfter === undefined ? undefined : Date.now() + retryAfter * 1000,
  };
}
