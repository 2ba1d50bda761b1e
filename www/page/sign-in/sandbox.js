// Where the services are, and a fetch that fills the list of calls. A page for the real service says nothing of this.
import { apiUrl, authUrl, fetch } from "../setup.js";

export const sandbox = { apiUrl, authUrl, fetch };
