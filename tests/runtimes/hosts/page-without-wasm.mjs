// In a page whose CSP forbids wasm: tells what importing and using the package does.

import { createClient, ConfigError, isPlayoffError } from "playoff-wasm";

globalThis.outcome = { imported: true };

try {
  createClient({ token: "text" });
} catch (error) {
  globalThis.outcome.error = {
    isConfigError: error instanceof ConfigError,
    isPlayoffError: isPlayoffError(error),
    code: error.code,
    message: error.message,
  };
}
