// Asks the page's server for the devices of a query, as a browser would: LINK=... node ask-page.mjs QUERY
const link = new URL(process.env.LINK);
const entry = await fetch(link, { redirect: "manual" });
const cookie = entry.headers.getSetCookie()[0]?.split(";")[0];
if (entry.status !== 303 || !cookie) {
  throw new Error(`the access link was answered with ${entry.status} and ${cookie ? "a" : "no"} cookie`);
}

const page = await fetch(link.origin, { headers: { cookie } });
if (!page.ok || !(await page.text()).includes("<script")) {
  throw new Error(`the page itself was answered with ${page.status}`);
}

const answer = await fetch(new URL("/api/v1/clients?limit=5&skip=0", link.origin), {
  method: "POST",
  headers: { cookie, origin: link.origin, accept: "application/json", "content-type": "application/json" },
  body: JSON.stringify({ query: process.argv[2] }),
});
const text = await answer.text();
if (!answer.ok) {
  throw new Error(`the query was answered with ${answer.status}: ${text}`);
}
console.log(text);
