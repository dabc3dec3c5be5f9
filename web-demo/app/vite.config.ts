import { defineConfig } from "vite";

export default defineConfig({
  build: {
    // The first versions with light-dark(), which is then left as it is written.
    target: ["chrome123", "firefox120", "safari17.5"],
    // The polyfill would be an inline script.
    modulePreload: { polyfill: false },
    // The content security policy names no data: URLs for scripts or styles.
    assetsInlineLimit: 0,
  },
});
