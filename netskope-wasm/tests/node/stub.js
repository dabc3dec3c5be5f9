// What stands in for `fetch`: it keeps what is sent and answers from a list.

export function answerWith(answers) {
  const sent = [];
  globalThis.fetch = async (request) => {
    const { method, url, redirect, credentials, cache } = request;
    const headers = Object.fromEntries(request.headers);
    const call = { method, url, headers, redirect, credentials, cache, body: await request.text(), aborted: false };
    sent.push(call);
    request.signal.addEventListener("abort", () => (call.aborted = true));
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer.fail) throw new TypeError(answer.fail);
    if (answer.hang) return new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
    const body = answer.cut ? cut(answer.cut) : answer.body ?? null;
    return new Response(body, { status: answer.status ?? 200, headers: answer.headers ?? {} });
  };
  return sent;
}

function cut(text) {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new TypeError("terminated"));
    },
  });
}

export function abortAfter(milliseconds, reason) {
  const controller = new AbortController();
  if (milliseconds < 0) controller.abort(reason);
  else setTimeout(() => controller.abort(reason), milliseconds);
  return controller.signal;
}

export function isErrorNamed(value, name) {
  return value instanceof Error && value.constructor.name === name && value.name === name && String(value.stack).includes(name);
}

export function get(value, path) {
  return path.split(".").reduce((inner, name) => inner?.[name], value);
}

export function typeAndText(value) {
  return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
}

export function everythingIn(value) {
  const parts = (inner) => Object.getOwnPropertyNames(inner).map((name) => `${name}=${String(inner[name])}`);
  return `${String(value)} ${parts(value).join(" ")}`;
}

export function withGetter(name) {
  return Object.defineProperty({}, name, { get() { throw new RangeError("from a getter"); } });
}
