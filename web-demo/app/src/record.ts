// Reading a device's fields: every one may be missing, or of another kind than documented.

import { label, type Device } from "netskope-wasm";

/** Stands where a record has no value. */
export const DASH = "–";

/** The value at a dotted path. */
export function at(record: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), record);
}

/** The value as text; nothing where it is missing or empty. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") {
    return value.trim() === "" ? undefined : value;
  }
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return String(value);
  }
  if (Array.isArray(value)) {
    return text(value.flatMap((item) => text(item) ?? []).join(", "));
  }
  return undefined;
}

/** A coded value in words, whether the tenant wrote it as a number or as words; a number nobody knows stays one. */
export function words(value: unknown, field: string): string | undefined {
  const written = text(value);
  const meaning = written === undefined ? undefined : label(field, written);
  return meaning !== undefined && /^\d+$/.test(meaning) ? `code ${meaning}` : meaning;
}

/** A time in seconds since 1970. */
export function seconds(value: unknown): number | undefined {
  const number = text(value) === undefined ? NaN : Number(value);
  return Number.isFinite(number) && Math.abs(number) < MAX_SECONDS ? Math.trunc(number) : undefined;
}

/** Beyond this a Date is invalid. */
const MAX_SECONDS = 8.64e12;

/** The device's users, the latest first. */
export function users(device: Device): unknown[] {
  const found = at(device, "users");
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The name of a device, which others may share. */
export function hostname(device: Device): string | undefined {
  return text(at(device, "host_info.hostname"));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
