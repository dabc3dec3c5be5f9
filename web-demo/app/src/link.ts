// The link that repeats a search: the query in the fragment, which no server ever sees.

/** The query of the page's address. */
export function queryOfLink(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get("q") ?? undefined;
}

/** Puts a query into the page's address. */
export function linkTo(query: string): void {
  history.replaceState(null, "", `${location.pathname}#${new URLSearchParams({ q: query })}`);
}
