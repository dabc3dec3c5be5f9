// The token and the access key, looked for wherever a browser could show or keep them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { launch, open } from "./browser.mjs";
import { dist, endAll, startBoth } from "./service.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await endAll();
});

it("neither the token nor the access key is left anywhere", async () => {
  const both = await startBoth({ args: ["--devices", "50", "--seed", "7"], faults: [{ status: 403 }, {}] });
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

function bundle() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name, parentPath, path }) => [`file ${name}`, readFileSync(join(parentPath ?? path, name), "latin1")]),
  );
}
