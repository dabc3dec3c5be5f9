// Compiled, never run: what a caller may write, and what the types must refuse.

import init, {
  NetskopeClient,
  NetskopeError,
  QueryError,
  age,
  check,
  complete,
  format,
  highlight,
  label,
  parse,
  simplify,
} from "netskope-wasm";
import initDrain, { drain } from "netskope-wasm/drain";
import initFilter, { compile } from "netskope-wasm/filter";
import type { ClientsPage, Completion, Device, Diagnostic, ErrorKind, Expr, JsonValue, Wait } from "netskope-wasm";
import type { Commit, Intent, LogPage } from "netskope-wasm/drain";
import type { Filter } from "netskope-wasm/filter";

await init();

const client = new NetskopeClient({ baseUrl: location.origin, retries: 1 });
const waits: Wait[] = [];
const page: ClientsPage = await client.clients({
  query: "host_info.hostname eq 'LAPTOP-7'",
  limit: 100,
  skip: 0,
  signal: AbortSignal.timeout(30_000),
  onWait: (wait) => waits.push(wait),
});
await client.clients();

function row(device: Device): string[] {
  const event = device.last_event;
  const seen = event?.timestamp;
  return [
    device.host_info?.hostname ?? "",
    label("last_event.status", event?.status),
    seen === undefined ? "" : age(Date.now() / 1000, seen),
    ...(device.users ?? []).map((user) => user.username ?? ""),
  ];
}
page.devices.map(row);

const extra: unknown = page.devices[0]?.["a_field_of_tomorrow"];
const value = extra as JsonValue;
if (typeof value === "bigint") value.toString();

function paths(expr: Expr): string[] {
  switch (expr.kind) {
    case "or":
    case "and":
      return expr.operands.flatMap(paths);
    case "not":
      return paths(expr.operand);
    case "has":
    case "compare":
    case "list":
    case "range":
      return [expr.path.text];
  }
}
paths(parse("a eq 1"));

const text: string = format("a = 1", { width: 80 });
const fixed = check(text).map((found: Diagnostic) =>
  found.fix ? text.slice(0, found.fix.span.start) + found.fix.replacement + text.slice(found.fix.span.end) : text,
);
fixed.join();

const { replace, items } = complete(text, 3);
const written = items.map(({ insert }: Completion) => text.slice(0, replace.start) + insert + text.slice(replace.end));
const first: "field" | "operator" | "value" | "keyword" | undefined = complete(simplify(text)).items[0]?.kind;
const fields = highlight(text).filter((piece) => piece.class === "field");
console.log(written, first, fields);

await initFilter();
const filter: Filter = compile("host_info.os eq Mac", { dialect: "jql" });
const matching: Device[] = page.devices.filter((device) => filter.test(device));
filter.free();
{
  using short = compile("count gt 1");
  const matches: boolean = short.test({ count: 2n, list: [matching] });
  console.log(matches);
}

await initDrain();
const kept: { commit?: Commit; intent?: Intent; text?: string } = {};
const pages: AsyncGenerator<LogPage> = drain({
  baseUrl: location.origin,
  stream: "events/page",
  index: "siem-1",
  from: new Date(2026, 0),
  resume: { commit: kept.commit, intent: kept.intent },
  onIntent: async (intent) => void Object.assign(kept, { intent }),
  onWait: (wait) => waits.push(wait),
  signal: AbortSignal.timeout(30_000),
});
for await (const { text, commit, records, acknowledge } of pages) {
  Object.assign(kept, { text, commit });
  const id: unknown = records[0]?.["request_id"] ?? records[0]?._id;
  console.log(id, commit.sequence, commit.high_water_mark ?? 0);
  acknowledge();
}

try {
  await client.clients({ query: "a eq" });
} catch (error) {
  if (error instanceof QueryError) {
    const kind: "query" = error.kind;
    const places: number[] = error.diagnostics.map((found) => found.span.start);
    console.log(kind, places);
  } else if (error instanceof NetskopeError) {
    const kind: ErrorKind = error.kind;
    console.log(kind, error.status ?? 0, error.retryAfter ?? 0, error.hint ?? "");
  }
}

// @ts-expect-error: the address is needed
new NetskopeClient({ token: "f32a973eddd7bc1602fc0f48dc0a" });
// @ts-expect-error: a limit is a number
await client.clients({ limit: "5" });
// @ts-expect-error: there are two dialects
compile("a", { dialect: "sql" });
// @ts-expect-error: a record is an object
filter.test("a");
// @ts-expect-error: there is no such option
await client.clients({ querry: "a" });
// @ts-expect-error: an index has a name
drain({ baseUrl: location.origin, stream: "page", from: "head" });
// @ts-expect-error: a start is no text of another kind
drain({ baseUrl: location.origin, stream: "page", index: "siem-1", from: "now" });
// @ts-expect-error: only this package makes these
new NetskopeError("no");
// @ts-expect-error: a hostname is text
const wrong: number | undefined = page.devices[0]?.host_info?.hostname;
void wrong;
