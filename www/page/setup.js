// What a page of your own wouldn't need: the services' addresses (the demo's are a sandbox on this machine),
// and a fetch that keeps a list of its calls for the panel "What goes over the wire".
import { untilConnected } from "./connection.js";
import { recordingFetch as fetch } from "./wire-log.js";

async function getConfig() {
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return response.json();
}

export { fetch };
export const { apiUrl, authUrl, controlUrl } = await untilConnected(getConfig);

/** A demo that was started again may have moved its API: then this page is out of date. */
export async function followConfig() {
  const config = await getConfig();
  if (config.apiUrl !== apiUrl || config.authUrl !== authUrl) location.reload();
}
