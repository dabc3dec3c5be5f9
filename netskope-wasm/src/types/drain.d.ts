/** Which log stream to drain, from where, and how. */
export interface DrainOptions {
  /**
   * The tenant's address, such as `https://acme.goskope.com`, or that of a proxy, such as `location.origin`. Plain http
   * is for this machine only.
   */
  baseUrl: string;
  /** The REST API v2 token, sent in a header; left out where a proxy adds it, as it should be in a page. */
  token?: string;
  /** The stream: `events/page`, `alerts/dlp` and so on; for those that are known by name, `page` and `dlp` will do. */
  stream: string;
  /** The name under which the tenant keeps this consumer's place: letters, digits, `_` and `-`. Two consumers must not share one. */
  index: string;
  /**
   * Where a new index starts: with the oldest records, with those that come in from now on, or at a time (a number is in
   * seconds since 1970). It does not count where `resume` says that something was read.
   */
  from?: "head" | "tail" | Date | number;
  /** What was written down of an earlier drain of this stream with this index, to go on after it. */
  resume?: Resume;
  /**
   * Told before a request that moves the index, which waits until its promise is settled. Write the intent down, for
   * `resume`. What it throws ends the drain.
   */
  onIntent?: (intent: Intent) => void | PromiseLike<void>;
  /** Told before every wait, for a page to show it. What it throws ends the drain. */
  onWait?: (wait: Wait) => void;
  /** Ends the drain, whether it is sending or waiting. */
  signal?: AbortSignal;
  /** How often a page is asked for again when that failed on the way; for ever unless given. */
  retries?: number;
}

/** What was written down of an earlier drain. */
export interface Resume {
  /** The `commit` of the last page that is safe. */
  commit?: Commit | undefined;
  /** What `onIntent` was told last. */
  intent?: Intent | undefined;
}

/** One page of a log stream. */
export interface LogPage {
  /** The records, one a line, each byte for byte as the tenant wrote it; line feeds between its members are spaces. */
  readonly text: string;
  /** The records as values, made of the text when this is first read. */
  readonly records: LogRecord[];
  /** Which page it is. Keep the last one with the data, in one transaction. */
  readonly commit: Commit;
  /**
   * Says that the page is safe, and the next one may be asked for. A `NetskopeError` of kind `request` is thrown where the
   * page was asked for again already.
   */
  acknowledge(): void;
}

/** A record as the tenant wrote it. Of the members named here, any may be missing. */
export interface LogRecord {
  /** Its id. */
  _id?: string;
  /** When it happened, in seconds since 1970. */
  timestamp?: number;
  /** The stream it belongs to, in words of the tenant. */
  record_type?: string;
  [name: string]: unknown;
}

/** A page that is safe, as plain data; the same as in the ledger of `nskope drain`. */
export interface Commit {
  /** The number of the page, from 1 on. */
  sequence: number;
  /** The operation that brought it. */
  operation: string;
  /** How many records it has. */
  records: number;
  /** The `_id` of its first record. */
  first_id?: string;
  /** The `_id` of its last record. */
  last_id?: string;
  /** The XXH3 hash, of 128 bits, of its text. */
  digest: string;
  /** Up to when the tenant has given everything, in seconds since 1970, where it said so. */
  high_water_mark?: number;
  /** What the last page that had records adds up to, where this one has none. */
  before?: string;
  /** When it came, in seconds since 1970. */
  at: number;
}

/** What is about to be asked, as plain data. */
export interface Intent {
  /** The number of the page it will be, from 1 on. */
  sequence: number;
  /** The operation. */
  operation: string;
}
