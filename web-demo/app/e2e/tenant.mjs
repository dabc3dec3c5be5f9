// The tenant asked directly, to compare with what the page shows.

export async function devices({ standIn, token }, query, limit = 1000) {
  const response = await fetch(`${standIn.ready.url}/api/v1/clients?limit=${limit}&skip=0`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, query }),
  });
  const { data } = await response.json();
  return data.map(({ attributes }) => attributes);
}
