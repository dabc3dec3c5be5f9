// Devices looked up and shown, in the whole stack.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { cells, complaints, launch, open } from "./browser.mjs";
import { endAll, startBoth } from "./service.mjs";
import { devices } from "./tenant.mjs";

const fixtures =
  process.env.NETSKOPE_FIXTURES ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/fixtures");
const recorded = join(fixtures, "jupiterone-graph-netskope/clients_v1_2024_page1_even.json");

let browser;
let both;
before(async () => {
  [browser, both] = await Promise.all([launch(), startBoth({ args: ["--devices", "2000", "--seed", "2000"] })]);
});
after(async () => {
  await browser?.close();
  await endAll();
});

describe("a lookup", () => {
  it("by typing shows the tenant's record", async () => {
    const [some] = await devices(both, "host_info.os eq 'Windows'", 1);
    const name = some.host_info.hostname;
    const { page, lookUp, rows, seen } = await open(browser, both.link);
    await lookUp(`host_info.hostname eq '${name}'`);
    await rows.first().waitFor();
    const expected = await devices(both, `host_info.hostname eq '${name}'`);
    assert.equal(await rows.count(), expected.length);
    const shown = await cells(rows.first());
    const [device] = expected;
    assert.equal(shown.host.split("\n")[0], device.host_info.hostname);
    assert.equal(shown.state, device.last_event.status);
    assert.equal(shown.event, device.last_event.event);
    assert.equal(shown.os, `${device.host_info.os} ${device.host_info.os_version}`);
    assert.equal(shown.client, device.client_version);
    assert.match(shown.when, /ago|just now/);
    const time = rows.first().locator("time");
    assert.equal(Date.parse(await time.getAttribute("datetime")), device.last_event.timestamp * 1000);
    assert.match(await time.getAttribute("title"), /\d{4}/);
    assert.match(await page.locator("#announcer").innerText(), /^\d+ devices? found\.$/);
    assert.deepEqual(complaints(seen), []);
  });

  it("by a click on an example shows the first devices and says that there are more", async () => {
    const { page, rows, seen } = await open(browser, both.link);
    await page.getByRole("button", { name: /^Every device/ }).click();
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1000);
    await page.getByText("There are more: narrow the query.").waitFor();
    assert.match(await page.locator(".summary").innerText(), /The first 1,000 devices/);
    assert.deepEqual(complaints(seen), []);
  });

  it("by a click on the article's other query leaves the name to be typed", async () => {
    const { page, box, rows, panel } = await open(browser, both.link);
    const [some] = await devices(both, "host_info", 1);
    await page.getByRole("button", { name: /^Two devices by name/ }).click();
    assert.equal(await box.innerText(), "host_info.hostname eq 'xxx' or host_info.hostname eq 'yyy'");
    await page.keyboard.press("Enter");
    await panel("nothing").waitFor();
    await page.reload();
    await panel("nothing").waitFor();
    await page.goto(`${both.page.ready.url}/`);
    await page.getByRole("button", { name: /^Two devices by name/ }).click();
    await page.keyboard.insertText(some.host_info.hostname);
    await page.keyboard.press("Enter");
    await rows.first().waitFor();
    assert.ok((await cells(rows.first())).host.startsWith(some.host_info.hostname));
  });

  it("of a name alone becomes the query that was meant, by a click or by Enter", async () => {
    const { page, box, type, note, rows } = await open(browser, both.link);
    const [mac] = await devices(both, "host_info.hostname like '’s'", 1);
    const name = mac.host_info.hostname;
    await type(name.replaceAll("’", "'"));
    await note.getByRole("button", { name: /^Look up devices named or used by/ }).click();
    await rows.first().waitFor();
    assert.match(await box.innerText(), /^host_info\.hostname like '.*\\'s.*' or .* or username like '/);
    const names = await page.locator(".host .name").allInnerTexts();
    assert.ok(names.includes(name), `${name} is not among ${names}`);
    const user = mac.users.find((one) => one.username).username;
    await type(user);
    await page.keyboard.press("Enter");
    await page.waitForFunction((query) => location.hash.includes(query), encodeURIComponent(user));
    await rows.filter({ hasText: name }).first().waitFor();
  });

  it("shows all users of a device, and an id where names repeat", async () => {
    const all = await devices(both, "host_info");
    const several = all.find((device) => device.users.filter((user) => user.username).length > 2);
    const names = all.map((device) => device.host_info.hostname.toLowerCase());
    const twin = all.find((_, index) => names.indexOf(names[index]) !== names.lastIndexOf(names[index]));
    const { page, lookUp, rows } = await open(browser, both.link);
    await lookUp("host_info");
    const row = rows.nth(all.indexOf(several));
    await row.getByRole("button", { name: /more user/ }).click();
    const listed = await page.locator(".details .users strong").allInnerTexts();
    assert.deepEqual(listed, several.users.map((user) => user.username ?? user.userkey));
    const opener = row.getByRole("button", { name: /^Details of/ });
    assert.equal(await opener.getAttribute("aria-expanded"), "true");
    await opener.click();
    assert.equal(await page.locator(".details").count(), 0);
    assert.ok((await cells(rows.nth(all.indexOf(twin)))).host.endsWith(twin._id));
  });

  for (const [what, args, faults, said] of [
    ["that a tenant cut short is not all", ["--devices", "200", "--limit-cap", "100"], [], /^The first 100 devices\n[^]*There are more/],
    ["of a round number is all where it is", ["--devices", "100"], [], /^100 devices\n(?!There)/],
    ["may not be all where the tenant does not say", ["--devices", "100"], [{}, { status: 403 }], /^The first 100 devices\n[^]*There may be/],
  ]) {
    it(`${what}`, async () => {
      const tenant = await startBoth({ args, faults });
      const { page, lookUp, rows, seen } = await open(browser, tenant.link);
      await lookUp("host_info");
      await rows.first().waitFor();
      assert.equal(await rows.count(), 100);
      await page.getByText("Asking whether there are more…").waitFor({ state: "hidden" });
      assert.match(await page.locator(".summary").innerText(), said);
      assert.deepEqual(complaints(seen), []);
      await tenant.end();
    });
  }

  it("is repeated by its link, which holds the query alone", async () => {
    const { page, context, lookUp, rows } = await open(browser, both.link);
    await lookUp("host_info.os eq 'Linux'");
    await rows.first().waitFor();
    const link = page.url();
    assert.equal(link, `${both.page.ready.url}/#q=host_info.os+eq+%27Linux%27`);
    const count = await rows.count();
    const other = await context.newPage();
    await other.goto(link);
    await other.locator("tr.device").first().waitFor();
    assert.equal(await other.locator("tr.device").count(), count);
  });

  it("puts numeric codes into words", async () => {
    const numeric = await startBoth({ args: ["--devices", "50", "--seed", "1", "--numeric-codes"] });
    const [device] = await devices(numeric, "last_event.status eq 0");
    assert.equal(typeof device.users[0].last_event.status, "number");
    const { lookUp, rows } = await open(browser, numeric.link);
    await lookUp(`host_info.hostname eq '${device.host_info.hostname}'`);
    await rows.first().waitFor();
    const shown = await cells(rows.first());
    assert.match(shown.state, /^(Disabled|Enabled|Uninstalled)$/);
    assert.match(shown.event, /^[A-Z][a-z]/);
    await numeric.end();
  });

  it("of a recorded device shows that device", async () => {
    if (!existsSync(recorded)) {
      console.error(`SKIPPED the recorded devices: there is no ${recorded}`);
      return;
    }
    const tenant = await startBoth({ args: ["--clients", recorded] });
    const { lookUp, rows, page } = await open(browser, tenant.link);
    const all = JSON.parse(readFileSync(recorded, "utf8")).data.map(({ attributes }) => attributes);
    for (const device of [all[0], all[5], all[11]]) {
      await lookUp(`host_info.hostname eq "${device.host_info.hostname}"`);
      await page.waitForFunction((name) => document.querySelector(".host .name")?.textContent === name, device.host_info.hostname);
      const shown = await cells(rows.first());
      assert.equal(shown.state, device.last_event.status);
      assert.equal(shown.event, device.last_event.event);
      assert.equal(shown.user, device.users[0].username);
      assert.equal(shown.client, device.client_version);
      assert.equal(shown.class, device.users[0].device_classification_status);
    }
    await tenant.end();
  });
});
