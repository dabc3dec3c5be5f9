// The blocking client and the WASM clients send the same bytes in the same scenario.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import initClient, { NetskopeClient } from "../netskope-wasm/pkg/netskope_wasm.js";
import initDrain, { drain } from "../netskope-wasm/pkg/netskope_wasm_drain.js";
import { inFolder, module, program, withTenant } from "./tenant.mjs";

/** What was asked of a tenant; of the headers, what both clients decide themselves, since the rest is their HTTP library's. */
async function requests({ url }) {
  const ours = ["accept", "authorization", "content-type", "cookie", "netskope-api-token"];
  const received = await (await fetch(`${url}/_stand-in/requests`)).json();
  return received.map((request) => {
    const headers = request.headers.filter(([name]) => ours.includes(name)).sort();
    return { ...request, headers };
  });
}

/** What `nskope` writes on its standard output. */
function nskope(flags, env) {
  const options = { env: { ...process.env, ...env }, encoding: "utf8" };
  const { stdout, stderr, status } = spawnSync(program("nskope"), flags, options);
  assert.equal(status, 0, stderr);
  return stdout;
}

test("a look-up has the same requests and the same devices", async () => {
  await initClient({ module_or_path: await module("netskope_wasm") });
  const query = "host_info.hostname ~ '19' or last_events.status = 2 and host_info.os eq Android and username ne \"Zoë\\\\O’Neil\"";
  const faults = [{ status: 429, retry_after: 0 }, { cut: 10 }, { status: 500 }];
  const inScenario = (lookUp) => withTenant("--devices 200 --seed 3 --record --rate-limit off", faults, async (tenant) => {
    return { devices: await lookUp(tenant), requests: await requests(tenant) };
  });
  const one = await inScenario(({ url, v1Token }) => {
    const flags = ["clients", query, "--limit", "50", "--skip", "3", "--retries", "5", "--output", "json"];
    return JSON.parse(nskope(flags, { NETSKOPE_TENANT: url, NETSKOPE_V1_TOKEN: v1Token }));
  });
  const other = await inScenario(async ({ url, v1Token }) => {
    const client = new NetskopeClient({ baseUrl: url, token: v1Token, retries: 5 });
    const { devices } = await client.clients({ query, limit: 50, skip: 3 });
    return devices;
  });
  assert.equal(one.requests.length, faults.length + 1);
  assert.ok(one.devices.length > 0 && one.devices.length < 50, `${one.devices.length} devices`);
  assert.deepEqual(one.requests, other.requests);
  assert.deepEqual(one.devices.map(({ _id }) => _id), other.devices.map(({ _id }) => _id));
  for (const { target, body } of one.requests) {
    assert.equal(target, "/api/v1/clients?limit=50&skip=3");
    assert.equal(JSON.parse(body).query, query);
  }
});

// A tenant whose clock is ahead, so that whoever wants to catch up with it has done so at its first page that is not full.
const ORIGIN = Math.floor(Date.now() / 1000) + 1000;
const LOG = `--backlog 25 --page-size 10 --origin ${ORIGIN} --wait-time 0 --record --rate-limit off`;

/** Twice the same line, as cron has it: the second run goes on after the first. */
function drainedOnTheCommandLine({ url, v2Token }, from) {
  const env = { NETSKOPE_TENANT: url, NETSKOPE_V2_TOKEN: v2Token };
  return inFolder(async (folder) => {
    const flags = ["--stream", "page", "--index", "siem", "--from", `${from}`, "--until", "caught-up", "--out", folder];
    for (const _ of [1, 2]) nskope(["drain", ...flags], env);
    const stream = join(folder, "events-page");
    const [segment] = (await readdir(stream)).filter((name) => /^\d.*\.ndjson$/.test(name));
    return segment ? readFile(join(stream, segment), "utf8") : "";
  });
}

/** The same by hand: this many pages, then one more by what was kept. */
async function drainedInWasm({ url: baseUrl, v2Token: token }, from, pages) {
  let records = "";
  const resume = {};
  for (const count of [pages, 1]) {
    const onIntent = (intent) => (resume.intent = intent);
    let left = count;
    for await (const page of drain({ baseUrl, token, stream: "events/page", index: "siem", from, resume, onIntent })) {
      records += page.text;
      resume.commit = page.commit;
      page.acknowledge();
      left -= 1;
      if (left === 0) break;
    }
  }
  return records;
}

const SCENARIOS = [
  {
    name: "from the oldest record, through faults",
    from: "head",
    faults: [
      { operation: "next", cut: 100 },
      { operation: "resend", status: 502 },
      { operation: "next", reset: true, moved: true },
      { operation: "next", status: 429, retry_after: 0 },
    ],
    pages: 3,
    asked: ["head", "next", "resend", "resend", "next", "resend", "next", "next"],
    records: 25,
  },
  { name: "from a time", from: ORIGIN - 43_200, faults: [], pages: 2, asked: [`${ORIGIN - 43_200}`, "next", "next"], records: 12 },
  { name: "from the newest page on", from: "tail", faults: [], pages: 1, asked: ["tail", "next"], records: 10 },
];

for (const { name, from, faults, pages, asked, records } of SCENARIOS) {
  test(`a drain ${name} has the same requests and the same records`, async () => {
    await initDrain({ module_or_path: await module("netskope_wasm_drain") });
    const inScenario = (drained) => withTenant(LOG, faults, async (tenant) => {
      return { records: await drained(tenant, from, pages), requests: await requests(tenant) };
    });
    const one = await inScenario(drainedOnTheCommandLine);
    const other = await inScenario(drainedInWasm);
    assert.deepEqual(one.requests, other.requests);
    assert.equal(one.records, other.records);
    assert.equal(one.records.split("\n").length - 1, records);
    const target = (operation) => `/api/v2/events/dataexport/events/page?operation=${operation}&index=siem`;
    assert.deepEqual(one.requests.map(({ target }) => target), asked.map(target));
  });
}
