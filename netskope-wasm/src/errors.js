// A class that extends Error cannot be declared in Rust.

export class NetskopeError extends Error {
  constructor(message, kind, status, retryAfter, hint) {
    super(message);
    this.name = "NetskopeError";
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
    this.hint = hint;
  }
}

export class QueryError extends NetskopeError {
  constructor(message, hint, diagnostics) {
    super(message, "query", undefined, undefined, hint);
    this.name = "QueryError";
    this.diagnostics = diagnostics;
  }
}
