// Every state that is not a table: its own words, and a way on.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { complaints, launch, open } from "./browser.mjs";
import { endAll, startBoth, startPage } from "./service.mjs";

const FLEET = ["--devices", "100", "--seed", "7"];
const QUERY = "host_info.os eq 'Windows'";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await endAll();
});

/** A tenant whose first answers are these, and the page in front of it. */
async function withFaults(...faults) {
  const both = await startBoth({ args: FLEET, faults });
  return { both, ...(await open(browser, both.link)) };
}

describe("the page", () => {
  it("says that nothing was found, and leads back to the query", async () => {
    const { page, lookUp, panel, box, both, seen } = await withFaults();
    await lookUp("host_info.hostname eq 'no such device'");
    await panel("nothing").waitFor();
    await page.getByRole("button", { name: "Change the query" }).click();
    assert.ok(await box.evaluate((element) => element.getRootNode().activeElement === element));
    assert.deepEqual(complaints(seen), []);
    await both.end();
  });

  it("says that it is looking up, and a new search ends the one in flight", async () => {
    const { page, lookUp, panel, rows, both } = await withFaults({ delay_ms: 20_000 }, { delay_ms: 20_000 });
    await lookUp(QUERY);
    await panel("loading").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await panel("welcome").waitFor();
    await lookUp(QUERY);
    await panel("loading").waitFor();
    await lookUp("host_info.os eq 'Mac'");
    await rows.first().waitFor();
    assert.match(await rows.first().locator(".os").innerText(), /^Mac/);
    await both.end();
  });

  it("waits for a rate limit before everyone's eyes, and goes on by itself", async () => {
    const { page, lookUp, panel, rows, both } = await withFaults({ status: 429, retry_after: 3 });
    await lookUp(QUERY);
    await panel("waiting").waitFor();
    const countDown = page.locator(".count-down");
    assert.match(await countDown.innerText(), /in [23] s/);
    await page.getByText("in 1 s").waitFor();
    await rows.first().waitFor();
    await both.end();
  });

  for (const [seconds, later] of [
    [300, /^Try again in 4 min \d+ s$/],
    [4_000, /^Try again in 1 h 6 min 3\d s$/],
  ]) {
    it(`says that a rate limit of ${seconds} s lasts too long to wait for`, async () => {
      const { page, lookUp, panel, both } = await withFaults({ status: 429, retry_after: seconds });
      await lookUp(QUERY);
      await panel("rate-limited").waitFor();
      assert.ok(await page.getByRole("button", { name: /^Try again in/ }).isDisabled());
      await page.getByRole("button", { name: later }).waitFor();
      await both.end();
    });
  }

  it("says that the server's token is not valid", async () => {
    const tenant = await startBoth({ args: FLEET });
    const page = await startPage(tenant.standIn.ready.url, "0123456789abcdef0123456789ab");
    const { lookUp, panel, seen } = await open(browser, page.ready.link);
    await lookUp(QUERY);
    await panel("refused").waitFor();
    assert.match(await panel("refused").innerText(), /token[^]*Your search is fine/);
    assert.deepEqual(complaints(seen), []);
    await Promise.all([page.end(), tenant.end()]);
  });

  it("says that its server does not know its address, and blames neither token nor tenant", async () => {
    const { page, lookUp, panel, both } = await withFaults();
    await page.route("**/api/v1/clients?*", async (route) => {
      const headers = { ...route.request().headers(), origin: "https://devices.example.com" };
      await route.fulfill({ response: await route.fetch({ headers }) });
    });
    await lookUp(QUERY);
    await panel("misdirected").waitFor();
    assert.match(await panel("misdirected").innerText(), /under an address its server does not know[^]*--allow-host/);
    assert.doesNotMatch(await panel("misdirected").innerText(), /token|tenant/);
    await both.end();
  });

  it("asks for its access link where it has no key", async () => {
    const tenant = await startBoth({ args: FLEET });
    const { page, lookUp, panel, rows } = await open(browser, tenant.page.ready.url);
    await lookUp(QUERY);
    await panel("no-key").waitFor();
    assert.match(await panel("no-key").innerText(), /Open the link that the server printed/);
    assert.doesNotMatch(await panel("no-key").innerText(), /token|tenant/);
    const other = await page.context().newPage();
    await other.goto(tenant.link);
    await page.getByRole("button", { name: "Try again" }).click();
    await rows.first().waitFor();
    await tenant.end();
  });

  for (const [what, fault] of [
    ["fails", { status: 500 }],
    ["answers with a page instead of data", { html: "<h1>Hello</h1>" }],
    ["answers with an error as success", { errors: ["boom"] }],
    ["hangs up", { reset: true }],
  ]) {
    it(`says that the tenant ${what}, and tries again on request`, async () => {
      const { page, lookUp, panel, rows, both } = await withFaults(fault, fault, fault);
      await lookUp(QUERY);
      await panel("server").waitFor();
      await page.getByRole("button", { name: "Try again" }).press("Enter");
      await rows.first().waitFor();
      assert.match(await page.evaluate(() => document.activeElement.textContent), /^\d+ devices$/);
      await both.end();
    });
  }

  for (const [what, fault] of [
    ["a success without data", { body: '{"status":"success","msg":""}' }],
    ["no content", { status: 204, empty: true }],
  ]) {
    it(`does not take ${what} for an empty list`, async () => {
      const { page, lookUp, panel, rows, both } = await withFaults(fault);
      await lookUp(QUERY);
      await panel("no-list").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await rows.first().waitFor();
      await both.end();
    });
  }

  it("says that its own server is gone, and goes on with the new link once it is back", async () => {
    const tenant = await startBoth({ args: FLEET });
    const { page, lookUp, panel, rows } = await open(browser, tenant.link);
    await tenant.page.end();
    await lookUp(QUERY);
    await panel("down").waitFor();
    assert.doesNotMatch(await panel("down").innerText(), /tenant|TypeError/);
    const again = await startPage(tenant.standIn.ready.url, tenant.token, new URL(tenant.page.ready.url).host);
    await page.getByRole("button", { name: "Try again" }).click();
    await panel("no-key").waitFor();
    await page.goto(again.ready.link);
    await rows.or(page.locator(".panel.welcome")).first().waitFor();
    await lookUp(QUERY);
    await rows.first().waitFor();
    await Promise.all([again.end(), tenant.standIn.end()]);
  });
});
