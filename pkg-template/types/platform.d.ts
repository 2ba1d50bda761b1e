/** A type of the platform, where there is one: these types need neither DOM nor Node's. */
export type PlatformType<Name extends string> = typeof globalThis extends {
  [name in Name]: { prototype: infer Instance };
}
  ? Instance
  : never;

/** An `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What the SDK reads of a `Response`. */
export interface ResponseLike {
  readonly status: number;
  text(): Promise<string>;
}
