/**
 * What is known of a game before it is asked: {@link createClient} checks names by it.
 *
 * @example
 * interface MyGame {
 *   actions: { collect: { n: number }; share: { link: string; note?: string }; login: {} };
 *   metrics: { points: "point"; level: "state"; badges: "set" };
 * }
 * const playoff = createClient<MyGame>();
 * await playoff.runtime.play("collect", { variables: { n: 1 } });
 */
export interface GameDescription<G = AnyGame> {
  /** The actions by their ids, each with its variables by their names. Left out: any. */
  actions?: object;
  /** The metrics by their ids, each with its {@link MetricType}. Left out: any. */
  metrics?: { [Id in keyof MetricsOf<G>]: MetricType };
}

/** A game of which nothing is known. */
export interface AnyGame {
  actions: { [id: string]: Variables };
  metrics: { [id: string]: MetricType };
}

/** The kinds of metrics: points, items that are collected, one of several states, and what is computed of others. */
export type MetricType = "point" | "set" | "state" | "compound";

/** Variables of an action by their names, where nothing is known of it. */
export type Variables = { readonly [name: string]: string | number | boolean | null | undefined };

/** The actions of a game. */
export type ActionsOf<G> = G extends { actions: infer Actions extends object } ? Actions : AnyGame["actions"];

/** The metrics of a game. */
export type MetricsOf<G> = G extends { metrics: infer Metrics extends object } ? Metrics : AnyGame["metrics"];

/** The ids of a game's actions. */
export type ActionId<G = AnyGame> = keyof ActionsOf<G> & string;

/** The ids of a game's metrics; of those of a type, where one is named. */
export type MetricId<G = AnyGame, Type extends MetricType = MetricType> = {
  [Id in keyof MetricsOf<G>]: MetricsOf<G>[Id] extends infer Own
    ? [Extract<Own, Type>] extends [never]
      ? never
      : Id
    : never;
}[keyof MetricsOf<G>] &
  string;
