// The drain of the npm package in Node, over real connections: no page is lost and none comes twice, whatever goes wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import init, { drain } from "../netskope-wasm/pkg/netskope_wasm_drain.js";
import { module, withTenant } from "./tenant.mjs";

const PAGES = 20;

/** Drains until so many pages are kept; aborted every few of them, amid a request or a wait, it goes on by what it kept. */
async function drained({ url: baseUrl, v2Token: token }, pages) {
  const kept = [];
  let intent;
  while (kept.length < pages) {
    const abort = new AbortController();
    const started = kept.length;
    const stream = drain({
      baseUrl,
      token,
      stream: "events/page",
      index: "siem",
      from: "tail",
      resume: { commit: kept.at(-1)?.commit, intent },
      signal: abort.signal,
      onIntent: (next) => {
        intent = next;
        if (kept.length - started === 3) setTimeout(() => abort.abort(), 5);
      },
    });
    try {
      for await (const { text, commit, acknowledge } of stream) {
        kept.push({ text, commit });
        acknowledge();
        if (kept.length === pages) break;
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
  return kept;
}

test("faults and aborts cost no page and double none", async () => {
  await init({ module_or_path: await module("netskope_wasm_drain") });
  const flags = "--page-size 10 --backlog 10 --events-per-second 200 --rate-limit off --wait-time 0 --served --random-faults 11:30";
  await withTenant(flags, [], async (tenant) => {
    const kept = await drained(tenant, PAGES);
    const served = await (await fetch(`${tenant.url}/_stand-in/served`)).json();
    const positions = new Map(served.map(({ digest, position }) => [digest, position]));
    const read = kept.map(({ commit }) => positions.get(commit.digest));
    let next = served.at(0).position;
    for (const [page, { text, commit }] of kept.entries()) {
      assert.equal(read[page], next, `page ${page + 1}`);
      assert.equal(commit.sequence, page + 1);
      assert.equal(text.split("\n").length - 1, commit.records);
      next += commit.records;
    }
    assert.ok(served.some(({ whole }) => !whole) && served.length > PAGES, "nothing went wrong");
  });
});
