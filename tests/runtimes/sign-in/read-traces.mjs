// In the page: everything that outlives a call and that a script, or somebody at the screen, can read.

/** The records of all databases. */
async function readDatabases() {
  const opened = (name) =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
  const recordsOf = (database, name) =>
    new Promise((resolve, reject) => {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      values.onsuccess = () => resolve([name, keys.result, values.result]);
      values.onerror = () => reject(values.error);
    });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await opened(name);
    for (const store of database.objectStoreNames) found.push(await recordsOf(database, store));
    database.close();
  }
  return found;
}

async function readCaches() {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push([request.url, await (await cache.match(request)).text()]);
  }
  return found;
}

/** By place; what was requested is by the kind of request. */
export async function readTraces() {
  const timing = (isKind) =>
    performance
      .getEntries()
      .filter(({ entryType }) => isKind(entryType === "navigation"))
      .map(({ name }) => name);
  return {
    address: location.href,
    state: history.state,
    name: window.name,
    referrer: document.referrer,
    session: Object.entries(sessionStorage),
    local: Object.entries(localStorage),
    cookie: document.cookie,
    databases: await readDatabases(),
    caches: await readCaches(),
    navigation: timing((isNavigation) => isNavigation),
    requested: timing((isNavigation) => !isNavigation),
  };
}
