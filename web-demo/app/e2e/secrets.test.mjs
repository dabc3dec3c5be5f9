// The token and the access key, looked for wherever a program could say or a browser could show or keep them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { launch, open } from "./browser.mjs";
import { dist, endAll, nskope, startBoth, startStandIn } from "./service.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await endAll();
});

it("neither the token nor the access key is left anywhere", async () => {
  const both = await startBoth({ args: ["--devices", "50", "--seed", "7", "--record"], faults: [{ status: 403 }, {}] });
  const { page, context, lookUp, rows, panel, seen } = await open(browser, both.link);
  await lookUp("host_info");
  await panel("refused").waitFor();
  await lookUp("host_info.os eq 'Windows'");
  await rows.first().waitFor();

  const places = {
    address: page.url(),
    page: await page.content(),
    box: await page.locator("query-box").evaluate((element) => element.shadowRoot.innerHTML),
    console: seen.console.map((message) => message.text()).join("\n"),
    cookies: await page.evaluate(() => document.cookie),
    storage: await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])),
    timings: await page.evaluate(() => performance.getEntries().map((entry) => entry.name).join("\n")),
    referrer: await page.evaluate(() => document.referrer),
    ...(await answers(seen.responses)),
    ...bundle(),
    ...(await requests(both.standIn.ready.url)),
    ...(await commandLine()),
    "arguments of the server": both.page.arguments(),
    "words of the server": both.page.said(),
    "words of the stand-in": both.standIn.said(),
  };
  assert.ok(Object.keys(places).length > 12, "too little was looked at");
  for (const [place, text] of Object.entries(places)) {
    assert.ok(!text.includes(both.token), `the token is in ${place}`);
    assert.ok(!text.includes(both.key), `the access key is in ${place}`);
  }

  assert.equal(places.cookies, "");
  const [cookie, ...others] = await context.cookies();
  assert.deepEqual(others, []);
  assert.deepEqual(
    { httpOnly: cookie.httpOnly, sameSite: cookie.sameSite, path: cookie.path, expires: cookie.expires },
    { httpOnly: true, sameSite: "Strict", path: "/", expires: -1 },
  );
  assert.notEqual(cookie.value, both.key);
  await both.end();
});

/** Headers and bodies of everything that the server answered. */
async function answers(responses) {
  const entries = responses.map(async (response, index) => {
    const body = response.status() >= 300 && response.status() < 400 ? "" : await response.text();
    return [`answer ${index} to ${new URL(response.url()).pathname}`, JSON.stringify(await response.allHeaders()) + body];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What the tenant received, but for the bodies, where the token belongs. */
async function requests(url) {
  const received = await (await fetch(`${url}/_stand-in/requests`)).json();
  assert.ok(received.every(({ body }) => body.includes("token")));
  return Object.fromEntries(
    received.map(({ target, headers }, index) => [`request ${index} to the tenant`, JSON.stringify([target, headers])]),
  );
}

/** What `nskope` says in good days and bad ones. */
async function commandLine() {
  const faults = [{}, { status: 403 }, { status: 500 }, { status: 429 }, { reset: true }, { cut: 30 }, { errors: "no" }, { html: "no" }];
  const said = {};
  for (const fault of faults) {
    const { ready, end } = await startStandIn({ args: ["--devices", "5"], faults: [fault] });
    for (const args of [[], ["--all"], ["(a"], ["--limit", "0"], ["--token", ready.v1_token]]) {
      said[`nskope ${args[0]} after ${JSON.stringify(fault)}`] = nskope(ready.url, ready.v1_token, ["--retries", "0", ...args]);
    }
    const elsewhere = `${ready.url}/?token=${ready.v1_token}`;
    said[`nskope elsewhere after ${JSON.stringify(fault)}`] = nskope(elsewhere, ready.v1_token, []);
    await end();
  }
  assert.ok(Object.values(said).every((text) => text.length > 0));
  return said;
}

function bundle() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name, parentPath, path }) => [`file ${name}`, readFileSync(join(parentPath ?? path, name), "latin1")]),
  );
}
