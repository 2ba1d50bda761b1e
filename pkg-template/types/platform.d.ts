/** A type of the platform, where there is one: these types need neither DOM, Node's nor Cloudflare's. */
export type PlatformType<Name extends string> = typeof globalThis extends {
  [name in Name]: { prototype: infer Instance };
}
  ? Instance
  : Name extends keyof Reached
    ? Reached[Name]
    : never;

/** What `globalThis` doesn't show, as Cloudflare's types declare it, is what requests and answers name. */
interface Reached {
  AbortSignal: MemberOf<"Request", "signal">;
  Blob: Awaited<ReturnType<MethodOf<"Response", "blob">>>;
  FormData: Awaited<ReturnType<MethodOf<"Response", "formData">>>;
  Headers: MemberOf<"Response", "headers">;
  ReadableStream: NonNullable<MemberOf<"Response", "body">>;
}

type MemberOf<Name extends "Request" | "Response", Key extends string> = typeof globalThis extends {
  [name in Name]: { prototype: { [key in Key]: infer Found } };
}
  ? Found
  : never;

type MethodOf<Name extends "Request" | "Response", Key extends string> = Extract<
  MemberOf<Name, Key>,
  () => unknown
>;

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

// Without this, what isn't marked as exported would be too.
export {};
