/// <reference lib="esnext.disposable" />

/** A wait before the next attempt. */
export interface Wait {
  /** How long. */
  seconds: number;
  /** Why, in a few plain words. */
  reason: string;
}

/** Any value a record may hold. Integers beyond ±(2^53 − 1) are `bigint`, and exact. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [name: string]: JsonValue };

/** In which way a call failed. */
export type ErrorKind =
  /** The text is no query; nothing was sent. */
  | "query"
  /** An argument is not what it must be; nothing was sent. */
  | "request"
  /** The token was refused. */
  | "refused"
  /** The request was refused as such. */
  | "rejected"
  /** Another consumer asks for the next page of the same log stream with the same index. */
  | "conflict"
  /** Too many requests, for longer than the client is prepared to wait. */
  | "rate-limited"
  /** The server failed, or answered with an error. */
  | "server"
  /** The answer is cut, empty, or not what the interface documents. */
  | "unreadable"
  /** No answer came, or the browser does not let this page have it. */
  | "network"
  /** The server could not be trusted. Browsers report this as `network`. */
  | "tls"
  /** The answer is larger than the client takes. */
  | "too-large";

/** What this package throws. Its text never holds a token. */
export class NetskopeError extends Error {
  protected constructor();
  readonly name: string;
  /** In which way the call failed. */
  readonly kind: ErrorKind;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** How many seconds the server asked to wait, where it did. */
  readonly retryAfter?: number;
  /** What to do about it, where that is known. */
  readonly hint?: string;
}
