// createJWT and verifyJWT where nothing is out of the ordinary: keys and scopes are prepared in the wasm, and all that
// crosses is a player's id or a token. The rest goes to the wasm as it is, which says what is wrong with it.

// Of minters and of verifiers, at most.
const KEPT = 8;
// Bytes that a letter takes in UTF-8, at most.
const WIDEST = 3;
// Letters from which on the platform's encoder is faster than a loop.
const MANY = 32;
const NO_SCOPES = [];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `createJWT` and `verifyJWT` over a wasm. */
export function jwtOver(wasm) {
  let prepared;

  // Of an instance that had a fault nothing is used any more.
  function current() {
    const glue = wasm();
    if (prepared?.glue !== glue) prepared = new Prepared(glue);
    return prepared;
  }

  return {
    createJWT: (options) => current().mint(options) ?? wasm().createJWT(options),
    verifyJWT: (jwt, options) => current().verify(jwt, options) ?? wasm().verifyJWT(jwt, options),
  };
}

/** What is prepared in one instance of the wasm. Its methods give nothing for what is out of the ordinary. */
class Prepared {
  #minters = [];
  #verifiers = [];
  #page;
  #part;

  constructor(glue) {
    this.glue = glue;
    this.#page = this.#part = glue.page();
  }

  mint(options) {
    let clientId, clientSecret, playerId, scopes, expiresIn, allowLongLifetime;
    try {
      if (!hasOnly(isOfMint, options)) return;
      ({ clientId, clientSecret, playerId, scopes, expiresIn, allowLongLifetime } = options);
    } catch {
      return;
    }
    if (!isText(clientId) || !isText(clientSecret) || !isText(playerId) || !playerId.isWellFormed()) return;
    if (expiresIn !== undefined && typeof expiresIn !== "number") return;
    if (allowLongLifetime !== undefined && typeof allowLongLifetime !== "boolean") return;
    const minter = this.#minter(clientId, clientSecret, scopes);
    if (minter === undefined) return;
    const length = minter.mint(this.#write(playerId), expiresIn, allowLongLifetime === true, Date.now() / 1000);
    return length === 0 ? undefined : this.#read(length);
  }

  verify(jwt, options) {
    let clientId, clientSecret, leeway, maxAge;
    try {
      if (!hasOnly(isOfVerify, options)) return;
      ({ clientId, clientSecret, leeway, maxAge } = options);
    } catch {
      return;
    }
    if (!isText(jwt) || !isText(clientId) || !isText(clientSecret)) return;
    if (!isSpan(leeway) || !isSpan(maxAge)) return;
    const verifier = this.#verifier(clientId, clientSecret);
    const length = verifier.verify(this.#write(jwt), leeway ?? 0, maxAge, Date.now() / 1000);
    if (length === 0) return;
    const claims = JSON.parse(this.#read(length));
    return { playerId: claims.player_id, scopes: [...(claims.scopes ?? NO_SCOPES)], expiresAt: claims.exp, claims };
  }

  #minter(clientId, clientSecret, scopes = NO_SCOPES) {
    if (!Array.isArray(scopes)) return;
    for (const kept of this.#minters)
      if (kept.clientId === clientId && kept.clientSecret === clientSecret && areSame(kept.scopes, scopes))
        return kept.made;
    // What its owner changes in it from now on isn't for this minter.
    scopes = [...scopes];
    if (!scopes.every((scope) => typeof scope === "string")) return;
    const made = new this.glue.Minter(clientId, clientSecret, scopes);
    return keep(this.#minters, { clientId, clientSecret, scopes, made });
  }

  #verifier(clientId, clientSecret) {
    for (const kept of this.#verifiers)
      if (kept.clientId === clientId && kept.clientSecret === clientSecret) return kept.made;
    const made = new this.glue.Verifier(clientId, clientSecret);
    return keep(this.#verifiers, { clientId, clientSecret, made });
  }

  /** Puts a text on the page. Gives its bytes, of which a text that is too long has none. */
  #write(text) {
    if (this.#page.length === 0) this.#page = this.glue.page();
    const page = this.#page;
    if (text.length * WIDEST > page.length) return 0;
    if (text.length >= MANY) return encoder.encodeInto(text, page).written;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return encoder.encodeInto(text, page).written;
      page[at] = code;
    }
    return text.length;
  }

  /** The text on the page. */
  #read(length) {
    // Where the memory grew, what was seen of it before has no length any more.
    if (this.#page.length === 0) this.#page = this.glue.page();
    if (this.#part.length !== length) this.#part = this.#page.subarray(0, length);
    return decoder.decode(this.#part);
  }
}

function keep(list, entry) {
  if (list.length === KEPT) list.shift().made.free();
  list.push(entry);
  return entry.made;
}

/** Whether it is an object, and has no names but these. */
function hasOnly(isName, object) {
  for (const name in object) if (!isName(name)) return false;
  return typeof object === "object" && !Array.isArray(object);
}

// Comparing is faster than looking into a set.
function isOfMint(name) {
  switch (name) {
    case "clientId":
    case "clientSecret":
    case "playerId":
    case "scopes":
    case "expiresIn":
    case "allowLongLifetime":
      return true;
  }
  return false;
}

function isOfVerify(name) {
  switch (name) {
    case "clientId":
    case "clientSecret":
    case "leeway":
    case "maxAge":
      return true;
  }
  return false;
}

function areSame(kept, given) {
  if (kept.length !== given.length) return false;
  for (let at = 0; at < kept.length; at++) if (kept[at] !== given[at]) return false;
  return true;
}

const isText = (value) => typeof value === "string" && value !== "";
const isSpan = (value) => value === undefined || (Number.isFinite(value) && value >= 0);
