/// <reference lib="esnext.disposable" />

/** What a new client is told. */
export interface ClientOptions {
  /**
   * The tenant's address, such as `https://acme.goskope.com`, or that of a proxy, such as `location.origin`. Plain http
   * is for this machine only.
   */
  baseUrl: string;
  /** The REST API v1 token; left out where a proxy adds it, as it should be in a page. */
  token?: string;
  /** How often a call that failed on the way is repeated; 3 unless given. */
  retries?: number;
}

/** A call for one page of devices. */
export interface ClientsRequest {
  /** Only devices that match; it is checked before anything is sent. */
  query?: string;
  /** At most this many devices: 1 to 5000, and 5000 unless given. */
  limit?: number;
  /** How many devices to leave out from the start; 0 unless given. */
  skip?: number;
  /** Ends the call, whether it is sending or waiting. `AbortSignal.timeout(30_000)` gives it half a minute. */
  signal?: AbortSignal;
  /** Told before every wait, for a page to show it. What it throws ends the call. */
  onWait?: (wait: Wait) => void;
}

/** A wait before the next attempt. */
export interface Wait {
  /** How long. */
  seconds: number;
  /** Why, in a few plain words. */
  reason: string;
}

/** One page of devices. */
export interface ClientsPage {
  /** The devices, those with the latest events first. */
  devices: Device[];
  /**
   * Whether there may be more: the page is as long as was asked, or as a tenant's own cap may be. To know, ask for one device
   * beyond it, with a `skip` larger by the devices and the unread records of this page.
   */
  mayHaveMore: boolean;
  /** There where records were no devices: their texts, as the tenant wrote them. */
  unread?: string[];
  /** There where the answer held no list at all, which is not the same as an empty one: a success without data, or a 204. */
  absence?: "no-data" | "no-content";
}

/** Any value a record may hold. Integers beyond ±(2^53 − 1) are `bigint`, and exact. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [name: string]: JsonValue };

/** A coded value: a label, a number or a number in text; `label` reads all three. */
export type CodedValue = string | number | bigint | boolean | null | undefined;

/**
 * A device as the tenant wrote it. Any field may be missing; those not named here are kept too.
 *
 * The types are those documented and recorded. A tenant may differ, so check before you rely on one.
 */
export interface Device {
  /** The record's identity; devices of the same name differ in it. */
  _id?: string;
  /** The device's identity. */
  device_id?: string;
  /** When the client was installed, in seconds since 1970. */
  client_install_time?: number;
  /** The client's version, such as `94.1.1.960`. */
  client_version?: string;
  /** What the device is. */
  host_info?: HostInfo;
  /** What happened on it last, whoever was its user. */
  last_event?: LastEvent;
  /** Its users, the latest first. */
  users?: User[];
  [name: string]: unknown;
}

/** What a device is. */
export interface HostInfo {
  /** Its name, which other devices may share. */
  hostname?: string;
  /** Its maker. */
  device_make?: string;
  /** Its model. */
  device_model?: string;
  /** Its operating system, a coded value. */
  os?: string | number;
  /** The operating system's version. */
  os_version?: string;
  /** The client's own identity of the device, a UUID. */
  nsdeviceuid?: string;
  [name: string]: unknown;
}

/** The last thing that happened, on a device or under one of its users. Its codes are read by `label`. */
export interface LastEvent {
  /** What it was, a coded value. */
  event?: string | number;
  /** What the client has done with traffic since, a coded value. */
  status?: string | number;
  /** The same in the newer numbering, a coded value. */
  status_v2?: string | number;
  /** What Private Access has done since, a coded value. */
  npa_status?: string | number;
  /** Who caused it, a coded value. */
  actor?: string | number;
  /** When it was, in seconds since 1970. */
  timestamp?: number;
  [name: string]: unknown;
}

/** One user of a device. */
export interface User {
  /** The record's identity, which two entries of one device may share. */
  _id?: string;
  /** The user's name, mostly an e-mail address. */
  username?: string;
  /** The user's key. */
  userkey?: string;
  /** Where the user comes from, a coded value. */
  user_source?: string | number;
  /** When the user was added, in seconds since 1970, whole or with a fraction. */
  user_added_time?: number;
  /** Whether the device is one of the organisation's, a coded value. */
  device_classification_status?: string | number;
  /** What happened last under this user. */
  last_event?: LastEvent;
  [name: string]: unknown;
}

/** A place in a text: UTF-16 code units, as `text.slice(start, end)` takes them. */
export interface Span {
  start: number;
  end: number;
}

/** A query's tree. Chains of `or` and `and` are flat; spans cover parentheses and quotes. */
export type Expr =
  | { kind: "or" | "and"; operands: Expr[]; span: Span }
  | { kind: "not"; operand: Expr; span: Span }
  | { kind: "has"; path: FieldPath; span: Span }
  | { kind: "compare"; path: FieldPath; operator: Operator<ComparisonName>; value: Literal; span: Span }
  | { kind: "list"; path: FieldPath; operator: Operator<"in" | "not_in">; values: Literal[]; span: Span }
  | { kind: "range"; path: FieldPath; operator: Operator<"from">; low: Literal; high: Literal; span: Span };

/** The name of a field, with its dots. */
export interface FieldPath {
  text: string;
  span: Span;
}

/** The operators that compare with one value, in their canonical spelling. */
export type ComparisonName = "eq" | "neq" | "gt" | "gte" | "lt" | "lte" | "like" | "notlike" | "startswith";

/** An operator, and how it was spelt. */
export interface Operator<Name extends string = string> {
  op: Name;
  spelling: string;
  span: Span;
}

/** A constant. A number has its text too, since `1.10` is more than its value. */
export type Literal =
  | { kind: "text"; value: string; span: Span }
  | { kind: "number"; value: number | bigint; text: string; span: Span }
  | { kind: "bool"; value: boolean; span: Span }
  | { kind: "null"; value: null; span: Span };

/** Something found in a query. */
export interface Diagnostic {
  /**
   * An error means that the text is no query; a warning, that it probably does not do what was meant; a note, that
   * something about it is worth knowing.
   */
  severity: "error" | "warning" | "note";
  /** Where. */
  span: Span;
  /** What is wrong, in lower case, without a full stop. */
  message: string;
  /** Of an error, what could stand there, in words. */
  expected?: string;
  /** Of an error, what stands there instead. */
  found?: string;
  /** What to do about it. */
  help?: string;
  /** The change that mends it, where there is just one. */
  fix?: { span: Span; replacement: string };
}

/** What may be written at a cursor. */
export interface Completions {
  /** What every item replaces: the word or quote around the cursor, or nothing at the cursor. */
  replace: Span;
  /** The best first. */
  items: Completion[];
}

/** One thing that may be written. */
export interface Completion {
  /** What to write, with all quotes and blanks it needs. */
  insert: string;
  /** What to show. */
  label: string;
  /** What it is. */
  kind: "field" | "operator" | "value" | "keyword";
  /** One line on what it means; may be empty. */
  doc: string;
}

/** A piece of a query's text, and what it is. Between the pieces is white space only. */
export interface Highlight {
  span: Span;
  class: "field" | "operator" | "keyword" | "string" | "number" | "constant" | "punctuation" | "error";
}

/** How a query is written. */
export interface FormatOptions {
  /** How many columns a line may have, as far as words allow; the query is on one line unless given. */
  width?: number;
}

/** How a query is read. */
export interface CompileOptions {
  /** As the product's pages and its first REST interface read it, or as the official command line does; the former unless given. */
  dialect?: "skope-it" | "jql";
}

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

/** Thrown for a text that is no query. */
export class QueryError extends NetskopeError {
  private constructor();
  readonly kind: "query";
  /** What was found, in the order of the text. The error's message is the first one's, and how many more there are. */
  readonly diagnostics: Diagnostic[];
}
