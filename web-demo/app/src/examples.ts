// Queries to start from.

/** A query to try, or one to complete where a part of it is to be typed over. */
export interface Example {
  title: string;
  query: string;
  typeOver?: string;
}

/** The first two are those of the "Get Client Data" article, the second without its slip. */
export const EXAMPLES: Example[] = [
  {
    title: "Two devices by name",
    query: "host_info.hostname eq 'xxx' or host_info.hostname eq 'yyy'",
    typeOver: "xxx",
  },
  { title: "Clients that are disabled", query: "last_event.status = 0" },
  { title: "Macs whose tunnel went down", query: "host_info.os eq 'Mac' and last_event.event like 'tunnel down'" },
  { title: "Every device, the latest event first", query: "host_info" },
];
