// In a page: the launcher says what the suite is given, and which case runs.

import { slimSuite } from "../slim.mjs";

globalThis.runSlimCase = async (given, name) => {
  try {
    await slimSuite(given).run(name);
    return null;
  } catch (error) {
    return String(error.stack ?? error);
  }
};
