// The query box helps to write a query: offers at the cursor, colours, and a mark for everything that is wrong.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { complaints, launch, open } from "./browser.mjs";
import { endAll, startBoth } from "./service.mjs";

let browser;
let both;
before(async () => {
  [browser, both] = await Promise.all([launch(), startBoth({ args: ["--devices", "100", "--seed", "7"] })]);
});
after(async () => {
  await browser?.close();
  await endAll();
});

/** The offers as they are seen. */
function offered(page) {
  return page.getByRole("listbox").getByRole("option");
}

/** Types as people do, and waits for the offers. */
async function typeAndWait(page, box, text) {
  await box.focus();
  await page.keyboard.type(text);
  await offered(page).first().waitFor();
  // CodeMirror takes no key for a list that has just come up.
  await page.waitForTimeout(100);
}

describe("writing a query", () => {
  it("is possible by keys alone, from the field to the value", async () => {
    const { page, box, rows, seen } = await open(browser, both.link);
    await typeAndWait(page, box, "not hos");
    assert.match(await offered(page).first().innerText(), /^host_info\.hostname\s+the device's name/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await box.innerText(), "not host_info.hostname ");
    await page.keyboard.press("Control+a");
    await typeAndWait(page, box, "host_info.os ");
    assert.equal((await offered(page).allInnerTexts()).some((text) => /^(eq|=)\b/.test(text)), true);
    await typeAndWait(page, box, "eq Ma");
    assert.match(await offered(page).first().innerText(), /^'?Mac/);
    await page.keyboard.press("ArrowDown");
    const option = offered(page).first();
    assert.equal(await option.getAttribute("aria-selected"), "true");
    assert.equal(await box.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    assert.match(await box.innerText(), /^host_info\.os eq '?Mac'?$/);
    await page.keyboard.press("Enter");
    await rows.first().waitFor();
    assert.deepEqual(complaints(seen), []);
  });

  it("leaves the note in sight", async () => {
    const { page, box, note, context } = await open(browser, both.link);
    await typeAndWait(page, box, "host_info.os eq 'Mac' and host_info.os_version like 1 and last");
    await note.locator("p").waitFor();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(100);
      const [said, offers] = await Promise.all([note.locator("p"), page.getByRole("listbox")].map((part) => part.boundingBox()));
      assert.ok(offers.y >= said.y + said.height, `offers at ${offers.y} cover the note at ${width}`);
    }
    await context.close();
  });

  it("sends what is written when no offer was chosen", async () => {
    const { page, box, rows } = await open(browser, both.link);
    await typeAndWait(page, box, "host_info.os = 1 or host_info");
    await page.keyboard.press("Enter");
    await rows.first().waitFor();
    assert.equal(await box.innerText(), "host_info.os = 1 or host_info");
  });

  it("leaves no offers over what was found, however soon that is asked for", async () => {
    const { page, lookUp, rows, context } = await open(browser, both.link);
    await lookUp("username like 'a'");
    await rows.first().waitFor();
    await page.waitForTimeout(400);
    assert.equal(await page.getByRole("listbox").count(), 0);
    await context.close();
  });

  it("takes an offer by a click, and closes the list on Escape", async () => {
    const { page, box } = await open(browser, both.link);
    await typeAndWait(page, box, "usern");
    await offered(page).first().click();
    assert.match(await box.innerText(), /^(users\.)?username $/);
    await page.keyboard.press("Control+Space");
    await offered(page).first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("listbox").count(), 0);
  });

  it("offers nothing in an empty box unless asked", async () => {
    const { page, box } = await open(browser, both.link);
    await box.focus();
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("listbox").count(), 0);
    await page.keyboard.press("Control+Space");
    await offered(page).first().waitFor();
  });

  it("keeps the list in sight on a narrow page, styled in light and dark", async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, box, context } = await open(browser, both.link, { viewport: { width: 390, height: 844 }, colorScheme });
      await typeAndWait(page, box, "host_info.os eq 'Mac' and users.use");
      const list = await page.locator(".offers").boundingBox();
      assert.ok(list.x >= 0 && list.x + list.width <= 390, JSON.stringify(list));
      const [back, text] = await page.locator(".offers").evaluate((element) => {
        const { backgroundColor, color } = getComputedStyle(element);
        return [backgroundColor, color];
      });
      assert.deepEqual(
        [back, text],
        colorScheme === "light" ? ["rgb(255, 255, 255)", "rgb(24, 32, 42)"] : ["rgb(26, 32, 39)", "rgb(231, 235, 240)"],
      );
      await context.close();
    }
  });

  it("marks every mistake at its place, and speaks of the one at the cursor", async () => {
    const { page, type, note } = await open(browser, both.link);
    await type("host_info.os => 1 && last_event.status in");
    const marks = page.locator(".cm-lintRange-error");
    await marks.nth(1).waitFor();
    assert.deepEqual((await marks.allInnerTexts()).slice(0, 2), ["=>", "&&"]);
    await page.keyboard.press("Home");
    for (let step = 0; step < 14; step++) await page.keyboard.press("ArrowRight");
    assert.match(await note.innerText(), /=>/);
    await page.keyboard.press("Alt+Enter");
    await page.keyboard.press("End");
    assert.match(await page.getByRole("textbox").innerText(), /^host_info\.os >= 1 &&/);
  });

  it("colours what is written, and marks warnings and notes apart from errors", async () => {
    const { page, type, seen } = await open(browser, both.link);
    await type("hostname eq 'LAP' and last_event.timestamp gt 1700000000000");
    await page.locator(".cm-lintRange-warning").first().waitFor();
    assert.equal(await page.locator(".cm-lintRange-error").count(), 0);
    const painted = (name) => page.evaluate((name) => [...CSS.highlights.get(name)].map(String), name);
    assert.deepEqual(await painted("query-value"), ["'LAP'", "1700000000000"]);
    assert.deepEqual(await painted("query-keyword"), ["and"]);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("a eq 1");
    assert.deepEqual(await painted("query-value"), ["1"]);
    assert.deepEqual(complaints(seen), []);
  });
});
