// The blocking client and the WASM client send the same bytes in the same scenario.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import init, { NetskopeClient } from "../netskope-wasm/pkg/netskope_wasm.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = (name) => join(process.env.NETSKOPE_BIN_DIR ?? join(root, "target/debug"), name);

const QUERY = "host_info.hostname ~ '19' or last_events.status = 2 and host_info.os eq Android and username ne \"Zoë\\\\O’Neil\"";
const SCENARIO = [{ status: 429, retry_after: 0 }, { cut: 10 }, { status: 500 }];

/** Starts a stand-in that fails as the scenario says, and gives its address, its token and what it received. */
async function standIn(faults) {
  const folder = await mkdtemp(join(tmpdir(), "same-requests-"));
  const file = join(folder, "faults.ndjson");
  await writeFile(file, faults.map((fault) => JSON.stringify(fault) + "\n").join(""));
  const flags = ["--devices", "200", "--seed", "3", "--record", "--faults", file, "--rate-limit", "off"];
  const child = spawn(program("netskope-stand-in"), flags, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(child.stdout), "line");
  const { url, v1_token: token } = JSON.parse(line);
  return {
    url,
    token,
    received: async () => (await fetch(`${url}/_stand-in/requests`)).json(),
    stop: async () => {
      child.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** What both clients decide themselves; the rest of the headers is their HTTP library's. */
function chosen(request) {
  const ours = ["accept", "authorization", "content-type", "cookie", "netskope-api-token"];
  const headers = request.headers.filter(([name]) => ours.includes(name)).sort();
  return { ...request, headers };
}

async function inScenario(lookUp) {
  const tenant = await standIn(SCENARIO);
  try {
    const devices = await lookUp(tenant);
    return { devices, requests: (await tenant.received()).map(chosen) };
  } finally {
    await tenant.stop();
  }
}

function onTheCommandLine({ url, token }) {
  const flags = ["clients", QUERY, "--limit", "50", "--skip", "3", "--retries", "5", "--output", "json"];
  const env = { ...process.env, NETSKOPE_TENANT: url, NETSKOPE_V1_TOKEN: token };
  const { stdout, stderr, status } = spawnSync(program("nskope"), flags, { env, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

async function inWasm({ url, token }) {
  const client = new NetskopeClient({ baseUrl: url, token, retries: 5 });
  const { devices } = await client.clients({ query: QUERY, limit: 50, skip: 3 });
  return devices;
}

test("both clients send the same requests and read the same devices", async () => {
  const wasm = await readFile(join(root, "netskope-wasm/pkg/netskope_wasm_bg.wasm"));
  await init({ module_or_path: wasm });
  const one = await inScenario(onTheCommandLine);
  const other = await inScenario(inWasm);
  assert.equal(one.requests.length, SCENARIO.length + 1);
  assert.ok(one.devices.length > 0 && one.devices.length < 50, `${one.devices.length} devices`);
  assert.deepEqual(one.requests, other.requests);
  assert.deepEqual(one.devices.map(({ _id }) => _id), other.devices.map(({ _id }) => _id));
  for (const { target, body } of one.requests) {
    assert.equal(target, "/api/v1/clients?limit=50&skip=3");
    assert.equal(JSON.parse(body).query, QUERY);
  }
});
