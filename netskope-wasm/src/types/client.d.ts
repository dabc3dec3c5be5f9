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
