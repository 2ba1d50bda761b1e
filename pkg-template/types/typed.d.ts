import type { CallOptions, Formed, FullResponse, ResponseForm } from "./calls.js";

/** Options of every typed call. */
export type TypedOptions = Omit<CallOptions<"json">, "as" | "full">;

/** Wants the answer's status and headers too. */
export type FullAnswer = { full: true };
/** Wants the answer alone. */
export type NoHead = { full?: false };

/** A typed call without arguments. */
export interface Read<T, Options = {}> {
  /** Gives the answer with its status and headers. */
  (options: Options & TypedOptions & FullAnswer): Promise<FullResponse<T>>;
  /** Gives the answer. */
  (options?: Options & TypedOptions & NoHead): Promise<T>;
}

/** A typed call about something: an id, or what is to be written. */
export interface ReadOf<Argument, T, Options = {}> {
  /** Gives the answer with its status and headers. */
  (of: Argument, options: Options & TypedOptions & FullAnswer): Promise<FullResponse<T>>;
  /** Gives the answer. */
  (of: Argument, options?: Options & TypedOptions & NoHead): Promise<T>;
}

/** A typed call that does something to something. */
export interface WriteTo<Argument, Given, T, Options = {}> {
  /** Gives the answer with its status and headers. */
  (to: Argument, given: Given, options: Options & TypedOptions & FullAnswer): Promise<FullResponse<T>>;
  /** Gives the answer. */
  (to: Argument, given: Given, options?: Options & TypedOptions & NoHead): Promise<T>;
}

/** The sizes of pictures. */
export type PictureSize = "original" | "large" | "medium" | "small" | "icon";

/** How a picture is wanted. */
export interface PictureOptions {
  /** @default "original" */
  size?: PictureSize;
}

type PictureForm = Exclude<ResponseForm, "json" | "text">;

/** A picture. */
export interface Picture<Options = PictureOptions> {
  /**
   * Gives the picture in the form of `as`.
   * @throws {ApiError} `image_not_found`
   */
  <Form extends PictureForm>(options: Options & TypedOptions & NoHead & { as: Form }): Promise<Formed<Form, never>>;
  /**
   * Gives the picture, a PNG, as a `Blob`.
   * @throws {ApiError} `image_not_found`
   */
  (options?: Options & TypedOptions & NoHead): Promise<Formed<"blob", never>>;
}

/** A picture of something. */
export interface PictureOf<Id, Options = PictureOptions> {
  /**
   * Gives the picture in the form of `as`.
   * @throws {ApiError} `image_not_found`
   */
  <Form extends PictureForm>(
    id: Id,
    options: Options & TypedOptions & NoHead & { as: Form },
  ): Promise<Formed<Form, never>>;
  /**
   * Gives the picture, a PNG, as a `Blob`.
   * @throws {ApiError} `image_not_found`
   */
  (id: Id, options?: Options & TypedOptions & NoHead): Promise<Formed<"blob", never>>;
}

/** The answer to what changes something: a word on it. */
export interface Message {
  message: string;
}
