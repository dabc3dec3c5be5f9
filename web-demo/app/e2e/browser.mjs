// Chromium, and a page that remembers everything that was said and sent.

import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });
}

/** Opens an address in a browser that has not been here before, and waits until the page is ready. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { console: [], responses: [] };
  page.on("console", (message) => seen.console.push(message));
  page.on("pageerror", (error) => seen.console.push({ type: () => "error", text: () => String(error), location: () => ({}) }));
  page.on("response", (response) => seen.responses.push(response));
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
  return { page, context, seen, ...parts(page) };
}

/** The places of the page that tests speak of. */
function parts(page) {
  return {
    box: page.getByRole("textbox"),
    note: page.locator("#note"),
    rows: page.locator("tr.device"),
    panel: (name) => page.locator(`.panel.${name}`),
    type: async (text) => {
      await page.getByRole("textbox").fill(text);
    },
    lookUp: async (text) => {
      await page.getByRole("textbox").fill(text);
      await page.keyboard.press("Enter");
    },
  };
}

/** What the console complained of, leaving out the browser's own line about an answer of the tenant. */
export function complaints(seen) {
  return seen.console
    .filter((message) => ["error", "warning"].includes(message.type()))
    .filter((message) => !(message.location().url ?? "").includes("/api/v1/clients"))
    .map((message) => message.text());
}

/** The cells of a row by the names of their columns. */
export async function cells(row) {
  return row.evaluate((element) =>
    Object.fromEntries([...element.children].map((cell) => [cell.className, cell.innerText.trim()])),
  );
}
