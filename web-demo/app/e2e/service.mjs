// The servers under test as child processes that end with the test.

import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const binaries = process.env.NETSKOPE_BIN_DIR ?? join(here, "../../../target/debug");
const started = new Set();

export const dist = join(here, "../dist");

/** A stand-in for a tenant, with these `records` where there are any; `faults` befall its first requests. */
export async function startStandIn({ args = [], faults = [], records } = {}) {
  const directory = mkdtempSync(join(tmpdir(), "page-e2e-"));
  const file = (name, text) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const clients = records ? ["--clients", file("clients.json", JSON.stringify({ status: "success", data: records }))] : [];
  const failing = file("faults.ndjson", faults.map((fault) => `${JSON.stringify(fault)}\n`).join(""));
  try {
    return await start("netskope-stand-in", ["--rate-limit", "off", "--faults", failing, ...clients, ...args]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The page's server in front of a tenant. */
export async function startPage(tenant, token, listen = "127.0.0.1:0") {
  return start("netskope-web-demo", ["--tenant", tenant, "--app", dist, "--listen", listen], { NETSKOPE_V1_TOKEN: token });
}

/** Both: a page's server in front of a stand-in. */
export async function startBoth(settings) {
  const standIn = await startStandIn(settings);
  const page = await startPage(standIn.ready.url, standIn.ready.v1_token);
  return {
    standIn,
    page,
    token: standIn.ready.v1_token,
    link: page.ready.link,
    key: new URL(page.ready.link).searchParams.get("key"),
    end: () => Promise.all([page.end(), standIn.end()]),
  };
}

/** Everything that the command line says, with nothing held back. */
export function nskope(tenant, token, args) {
  const env = { ...process.env, NETSKOPE_TENANT: tenant, NETSKOPE_V1_TOKEN: token, RUST_LOG: "trace", RUST_BACKTRACE: "1" };
  const { stdout, stderr } = spawnSync(join(binaries, "nskope"), ["clients", "--verbose", ...args], { env, encoding: "utf8" });
  return stdout + stderr;
}

/** Ends whatever a failed test left behind. */
export async function endAll() {
  await Promise.all([...started].map((service) => service.end()));
}

async function start(name, args, env = {}) {
  const child = spawn(join(binaries, name), args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  child.stderr.on("data", (chunk) => {
    said.push(chunk);
    process.stderr.write(chunk);
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const service = {
    arguments: () => readFileSync(`/proc/${child.pid}/cmdline`, "utf8"),
    said: () => Buffer.concat(said).toString(),
    end: async () => {
      started.delete(service);
      child.kill();
      await ended;
    },
  };
  started.add(service);
  service.ready = JSON.parse(await firstLine(child, name));
  return service;
}

async function firstLine(child, name) {
  const failed = new Promise((_, reject) => {
    child.once("error", (error) => reject(new Error(`cannot start ${name}: ${error.message}`)));
    child.once("close", (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
  });
  failed.catch(() => {});
  const line = new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  return Promise.race([line, failed]);
}
