// Reads of a wasm binary what names things: functions (of the name section), imports, exports, and data.

const MAGIC = 0x6d736100;
const SECTION = { custom: 0, import: 2, export: 7, data: 11 };
const FUNCTION_NAMES = 1;

class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done() {
    return this.at >= this.end;
  }

  u32() {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error("the wasm file ends too early");
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      shift += 7;
    }
  }

  part(length) {
    const part = new Reader(this.bytes, this.at, this.at + length);
    this.at += length;
    return part;
  }

  name() {
    const { at, end } = this.part(this.u32());
    return Buffer.from(this.bytes.subarray(at, end)).toString("utf8");
  }
}

function functionNames(section) {
  const names = [];
  while (!section.done) {
    const kind = section.bytes[section.at++];
    const part = section.part(section.u32());
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.u32(); left > 0; left -= 1) {
      part.u32();
      names.push(part.name());
    }
  }
  return names;
}

/** `{ functions: [name], data: text, other: text }`: names of functions, data segments, and every other section's bytes. */
export function readWasm(file) {
  if (file.readUInt32LE(0) !== MAGIC) throw new Error("not a wasm file");
  const reader = new Reader(file, 8);
  const found = { functions: [], data: "", other: "" };
  while (!reader.done) {
    const id = reader.bytes[reader.at++];
    const section = reader.part(reader.u32());
    const text = () => file.subarray(section.at, section.end).toString("latin1");
    if (id === SECTION.custom && section.name() === "name") found.functions.push(...functionNames(section));
    else if (id === SECTION.data) found.data += text();
    else if (id === SECTION.import || id === SECTION.export || id === SECTION.custom) found.other += text();
  }
  return found;
}
