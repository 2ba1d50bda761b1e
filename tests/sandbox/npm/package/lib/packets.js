// engine.io's packets, revision 3, as they go over the wire: text, and payloads of several for those who poll.

export const CLOSE = "1";
export const PONG = "3";
export const NOOP = "6";
export const PROBE = "2probe";
export const PROBED = "3probe";
export const UPGRADE = "5";
const BINARY_PAYLOAD = "application/octet-stream";

/** The first packet, which tells the client how often it has to say that it is there. */
export const openPacket = (sid, upgrades, { pingInterval, pingTimeout }) =>
  `0${JSON.stringify({ sid, upgrades, pingInterval, pingTimeout, maxPayload: 100_000 })}`;

export const messagePacket = (text) => `4${text}`;

/** `{ is, text }` of a packet from a client; no answer is binary: one that is counts as one that says nothing. */
export function readPacket(packet) {
  if (packet === CLOSE) return { is: "close" };
  if (/^[23]/.test(packet) && packet !== PROBE && packet !== PROBED) return { is: "ping" };
  if (packet[0] === "4") return { is: "message", text: packet.slice(1) };
  if (packet[0] === "b") return { is: "message", text: "" };
  return { is: "bad" };
}

/** Several packets as one text; lengths are counted as JavaScript counts them. */
export const writePayload = (packets) => packets.map((packet) => `${packet.length}:${packet}`).join("");

/** The packets of a body; `undefined` when it isn't a payload. */
export const readPayload = (body, contentType) =>
  contentType === BINARY_PAYLOAD ? readBinaryPayload(body) : readTextPayload(body.toString("utf8"));

function readTextPayload(text) {
  const packets = [];
  for (let at = 0; at < text.length; ) {
    const [whole, digits] = /^(\d{1,9}):/.exec(text.slice(at, at + 10)) ?? [];
    if (whole === undefined) return undefined;
    const begin = at + whole.length;
    const end = begin + Number(digits);
    if (end > text.length || end === begin) return undefined;
    packets.push(text.slice(begin, end));
    at = end;
  }
  return packets;
}

/** Each packet: 0 (text) or 1 (binary), its length as digits that are bytes, 255, and its bytes. */
function readBinaryPayload(bytes) {
  const packets = [];
  for (let at = 0; at < bytes.length; ) {
    const separator = bytes.indexOf(0xff, at + 1);
    const digits = [...bytes.subarray(at + 1, separator)];
    if (separator < 0 || digits.length === 0 || digits.length > 9 || digits.some((digit) => digit > 9)) return undefined;
    const begin = separator + 1;
    const end = begin + Number(digits.join(""));
    if (end > bytes.length || end === begin || bytes[at] > 1) return undefined;
    packets.push(bytes[at] === 1 ? "b" : bytes.toString("utf8", begin, end));
    at = end;
  }
  return packets;
}
