// A tenant's stand-in, and our programs, for tests in Node.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export const program = (name) => join(process.env.NETSKOPE_BIN_DIR ?? join(root, "target/debug"), name);

/** The bytes of a module of the npm package. */
export const module = (name) => readFile(join(root, "netskope-wasm/pkg", `${name}_bg.wasm`));

/** Does something in a folder that is gone afterwards. */
export async function inFolder(act) {
  const folder = await mkdtemp(join(tmpdir(), "netskope-"));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Does something with a stand-in that has these flags and faults, given its address and its tokens. */
export async function withTenant(flags, faults, act) {
  return inFolder(async (folder) => {
    const file = join(folder, "faults.ndjson");
    await writeFile(file, faults.map((fault) => JSON.stringify(fault) + "\n").join(""));
    const all = [...flags.split(" "), "--faults", file];
    const child = spawn(program("netskope-stand-in"), all, { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const [line] = await once(createInterface(child.stdout), "line");
      const { url, v1_token: v1Token, v2_token: v2Token } = JSON.parse(line);
      return await act({ url, v1Token, v2Token });
    } finally {
      child.kill();
    }
  });
}
