// The query box: what is wrong is shown at its place, and mended by one click or key.

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

const lookups = (seen) => seen.responses.filter((response) => response.url().includes("/api/")).length;

describe("the query box", () => {
  it("is styled in spite of the strict policy, focused, and says what it is", async () => {
    const { page, box, seen } = await open(browser, both.link);
    const display = await page.locator(".cm-scroller").evaluate((element) => getComputedStyle(element).display);
    assert.equal(display, "flex");
    await page.keyboard.type("LAP");
    assert.equal(await box.innerText(), "LAP");
    assert.equal(await page.getByRole("textbox", { name: "Host name, user, or query" }).count(), 1);
    assert.deepEqual(complaints(seen), []);
  });

  it("underlines an error at its place, with the message below that place", async () => {
    const { page, type, note, box } = await open(browser, both.link);
    await type("host_info.os eq 'Windows' and host_info.hostname eq 'LAP");
    const mark = page.locator(".cm-lintRange-error");
    await mark.first().waitFor();
    assert.equal(await mark.first().innerText(), "'LAP");
    const style = await mark.first().evaluate((element) => getComputedStyle(element).backgroundImage);
    assert.match(style, /^url\("data:image\/svg/);
    const [markBox, noteBox] = [await mark.first().boundingBox(), await note.locator("p").boundingBox()];
    assert.ok(noteBox.y >= markBox.y + markBox.height, "the message is not below");
    assert.ok(noteBox.x <= markBox.x + 4 && markBox.x < noteBox.x + noteBox.width, "the message is not at the place");
    assert.match(await note.innerText(), /quote/i);
    assert.equal(await box.getAttribute("aria-invalid"), "true");
  });

  it("does not send a text that is no query, and says why", async () => {
    const { page, lookUp, panel, seen } = await open(browser, both.link);
    for (const [text, reason] of [
      ["host_info.os eq", /value/],
      ["(host_info.os eq 'Mac'", /parenthesis/],
      ["host_info.os eq 'Mac", /quote/],
      ["host_info.os = = 1", /`= =` is written without a space/],
    ]) {
      await lookUp(text);
      await panel("unsent").waitFor();
      const said = await page.locator("#announcer").innerText();
      assert.match(said, /^Not sent: ./);
      assert.match(said, reason);
    }
    await lookUp("");
    assert.equal(lookups(seen), 0);
    assert.deepEqual(complaints(seen), []);
  });

  it("points out the article's slip, and a click mends it", async () => {
    const { page, box, note, rows, seen, lookUp } = await open(browser, both.link);
    await lookUp("last_events.status = 0");
    await rows.first().waitFor();
    assert.match(await note.innerText(), /last_events/);
    assert.equal(await page.locator(".cm-lintRange-warning").count(), 1);
    await note.getByRole("button", { name: /^Use last_event/ }).click();
    assert.equal(await box.innerText(), "last_event.status = 0");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.includes("last_event.status"));
    await rows.first().waitFor();
    assert.equal((await note.innerText()).trim(), "");
    assert.equal(lookups(seen), 2);
  });

  it("mends it by one key too, and takes it back", async () => {
    const { page, box, type } = await open(browser, both.link);
    await type("last_events.status = 0");
    await page.keyboard.press("Alt+Enter");
    assert.equal(await box.innerText(), "last_event.status = 0");
    await page.keyboard.press("Control+z");
    assert.equal(await box.innerText(), "last_events.status = 0");
  });

  it("takes a colon for a slip, and not for a part of a name", async () => {
    const { page, box, type, note } = await open(browser, both.link);
    await type("host_info.hostname:LAPTOP-7");
    await note.getByRole("button", { name: /^Use host_info/ }).click();
    assert.equal(await box.innerText(), "host_info.hostname eq 'LAPTOP-7'");
    await type("LAPTOP:7");
    await note.getByRole("button", { name: /named or used by “LAPTOP:7”/ }).waitFor();
    await page.close();
  });

  it("stands texts that are too long, too deep, or no text", async () => {
    const { page, box, panel, seen } = await open(browser, both.link);
    const said = new Set();
    for (const text of ["a".repeat(1 << 20), `${"(".repeat(10_000)}host_info${")".repeat(10_000)}`, "host_info.os eq '\0'"]) {
      await box.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
      await page.keyboard.press("Enter");
      await panel("unsent").waitFor();
      assert.ok((await panel("unsent").boundingBox()).y < 800, "the reason is out of sight");
      said.add(await page.locator("#announcer").innerText());
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
    }
    assert.equal(said.size, 3, `not told apart: ${[...said]}`);
    assert.equal(lookups(seen), 0);
    assert.deepEqual(complaints(seen), []);
  });

  it("takes up a link with line breaks, and the next link", async () => {
    const { page, box, panel, rows, seen } = await open(browser, both.link);
    await page.goto(`${both.page.ready.url}/#q=a%0D%0Ab%20eq%201`);
    await panel("unsent").waitFor();
    assert.equal(await box.innerText(), "a b eq 1");
    await page.reload();
    await panel("unsent").waitFor();
    await page.goto(`${both.page.ready.url}/#q=host_info.os%20eq%0A'Mac'`);
    await rows.first().waitFor();
    assert.equal(await box.innerText(), "host_info.os eq 'Mac'");
    assert.deepEqual(complaints(seen), []);
  });

  it("keeps to one line", async () => {
    const { page, box, seen } = await open(browser, both.link);
    await page.keyboard.press("Shift+Enter");
    await box.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "host_info.os eq\n  'Mac'");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    assert.equal(await box.innerText(), "host_info.os eq 'Mac'");
    assert.equal(await page.locator(".cm-line").count(), 1);
    assert.equal(lookups(seen), 0);
  });
});
