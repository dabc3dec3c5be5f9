// Records as nobody would expect them, each beside an ordinary one that must be seen all the same.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { cells, complaints, launch, open } from "./browser.mjs";
import { endAll, startBoth } from "./service.mjs";

const INHERITED = ["__proto__", "constructor", "toString"];
const REVERSED = "safe\u202etxt.exe";
const ENDLESS = "x".repeat(20_000);

const device = (hostname, status, user, more = {}) => ({
  _id: `id-${hostname.slice(0, 40)}`,
  host_info: { hostname, os: "Windows", os_version: "10" },
  last_event: { status, event: "Tunnel Up", timestamp: 1_700_000_000 },
  users: [{ username: user }],
  ...more,
});

const RECORDS = [
  ...INHERITED.map((status) => device(`odd ${status}`, status, "jo@example.com")),
  device(REVERSED, "Enabled\u0007", `\u2066jo@example.com`),
  device(ENDLESS, ENDLESS, `${ENDLESS}@example.com`, {
    client_version: ENDLESS,
    host_info: { hostname: ENDLESS, os: ENDLESS, os_version: ENDLESS },
    last_event: { status: ENDLESS, event: ENDLESS, timestamp: 1_700_000_000 },
  }),
  device("ordinary", "Disabled", "sam@example.com"),
];

let browser;
let both;
before(async () => {
  [browser, both] = await Promise.all([launch(), startBoth({ records: RECORDS })]);
});
after(async () => {
  await browser?.close();
  await endAll();
});

async function openAll() {
  const opened = await open(browser, both.link);
  await opened.lookUp("host_info");
  await opened.rows.first().waitFor();
  return { ...opened, row: (text) => opened.rows.filter({ hasText: text }).first() };
}

describe("a record", () => {
  it("with a status that every object inherits is shown with that status", async () => {
    const { row, rows, seen } = await openAll();
    assert.equal(await rows.count(), RECORDS.length);
    for (const status of INHERITED) {
      assert.equal((await cells(row(`odd ${status}`))).state, status);
    }
    assert.deepEqual(complaints(seen), []);
  });

  it("that is none is counted, and costs no other", async () => {
    const body = '{"status":"success","data":[7,{"_id":"a"},null]}';
    const odd = await startBoth({ faults: [{ body }] });
    const { lookUp, rows, page } = await open(browser, odd.link);
    await lookUp("host_info");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    assert.equal(await page.locator(".unread").innerText(), "2 records of the answer could not be read.");
    await odd.end();
  });

  it("cannot pass for another by characters that are not seen", async () => {
    const { row, page, lookUp, panel } = await openAll();
    const hostile = row("txt.exe");
    const shown = await cells(hostile);
    assert.equal(shown.host, "safe⟨U+202E⟩txt.exe");
    assert.equal(shown.state, "Enabled⟨U+0007⟩");
    assert.equal(shown.user, "⟨U+2066⟩jo@example.com");
    await hostile.getByRole("button", { name: "Details of safe⟨U+202E⟩txt.exe" }).click();
    assert.equal(await page.locator(".details .users strong").innerText(), "⟨U+2066⟩jo@example.com");
    await lookUp("host_info.hostname eq 'no\u202eone'");
    await panel("nothing").getByText("'no⟨U+202E⟩one'").waitFor();
    assert.equal(await page.locator("query-box .cm-specialChar").count(), 1);
  });

  for (const width of [1440, 390]) {
    it(`with values without end hides no other at ${width} pixels, and is whole once it is open`, async () => {
      const { page, row } = await openAll();
      await page.setViewportSize({ width, height: 844 });
      const endless = row(ENDLESS);
      const height = async () => (await endless.boundingBox()).height;
      assert.ok((await height()) < 400, `the row is ${await height()} pixels high`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} pixels stick out`);
      await endless.getByRole("button", { name: /^Details of/ }).click();
      assert.ok((await height()) > 2_000, `the open row is ${await height()} pixels high`);
    });
  }
});
