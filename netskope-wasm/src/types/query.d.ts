/// <reference lib="esnext.disposable" />

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

/** How a query is read. */
export interface CompileOptions {
  /** As the product's pages and its first REST interface read it, or as the official command line does; the former unless given. */
  dialect?: "skope-it" | "jql";
}

/** Thrown for a text that is no query. */
export class QueryError extends NetskopeError {
  private constructor();
  readonly kind: "query";
  /** What was found, in the order of the text. The error's message is the first one's, and how many more there are. */
  readonly diagnostics: Diagnostic[];
}
