// The notifications that a stream peer keeps, whoever listens, and the tokens that open its streams.

import { randomUUID } from "node:crypto";

/** Unix milliseconds, of a query's number or date. */
const moment = (text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text));

export function createKept() {
  const told = [];
  const streamTokens = new Map();
  return {
    /** Keeps one more for that player, and gives it as it was kept. */
    notify(player, event) {
      const kept = { timestamp: new Date().toISOString(), id: randomUUID(), ...event };
      told.push({ player, event: kept });
      return kept;
    },

    /** As the REST route lists them: newest first. */
    list(player, { start = "0", end = String(Date.now()) }) {
      const [from, to] = [moment(start), moment(end)];
      const wanted = told.filter(({ player: owner, event }) => {
        const at = Date.parse(event.timestamp);
        return owner === player && at >= from && at <= to;
      });
      return wanted.map(({ event }) => ({ ...event, seen: false })).reverse();
    },

    issueToken(player) {
      const token = randomUUID();
      streamTokens.set(token, player);
      return token;
    },

    opens: (token, player) => streamTokens.has(token) && streamTokens.get(token) === player,
  };
}
