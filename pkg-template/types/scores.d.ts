import type { AnyGame, MetricId, MetricsOf, MetricType } from "./game.js";

/** A metric, as scores, changes and rewards name it. */
export interface MetricReference<Id extends string = string, Type extends MetricType = MetricType> {
  id: Id;
  name: string;
  type: Type;
}

/** One for each metric of a game, by its type: what TypeScript needs to tell them apart. */
type ByMetric<G, Kinds extends { [Type in MetricType]: object }> = {
  [Type in MetricType]: MetricId<G, Type> extends infer Id extends string
    ? Id extends string
      ? { type: Type; metric: MetricReference<Id, Type> } & Kinds[Type]
      : never
    : never;
}[MetricType];

/**
 * What a player has of a metric. `type` is the metric's: TypeScript tells the kinds apart by it.
 *
 * @example if (score.type === "set") for (const item of score.value) show(item.name, item.count);
 */
export type Score<G = AnyGame> = ByMetric<
  G,
  { point: NumberValue; compound: NumberValue; state: StateValue; set: SetValue }
>;

/** The value of a score of points. */
export interface NumberValue {
  /** The number. It may be negative. */
  value: number;
  /** The number as the service wrote it: where it has more digits than a number can. */
  valueText: string;
}

/** The value of a score that is a state. */
export interface StateValue {
  /** The state. */
  value: { name: string; description: string };
  /** From where to where it goes; missing where no level rule drives it. */
  meta?: StateRange;
}

/** From where to where a state goes, in points of another metric. */
export interface StateRange {
  low: number;
  lowText: string;
  /** `Infinity` at the last level. */
  high: number;
  highText: string;
  /** The state after it; missing at the last level. */
  next?: string;
  /** The metric whose points are counted. */
  base_metric: { id: string; name: string };
}

/** The value of a score that is a set. */
export interface SetValue {
  /** The items that the player has; with `detailed` also those of which there is none yet. */
  value: SetItem[];
}

/** An item of a set. */
export interface SetItem {
  name: string;
  description: string;
  count: number;
  countText: string;
}

/** What an event did to a metric. `type` is the metric's: TypeScript tells the kinds apart by it. */
export type Change<G = AnyGame> = ByMetric<
  G,
  { point: NumberChange; compound: NumberChange; state: StateChange; set: SetChange }
>;

/** From which number to which. */
export interface NumberDelta {
  /** What was before; null where there was nothing. */
  old: number | null;
  oldText: string | null;
  new: number;
  newText: string;
}

/** A change of points. */
export interface NumberChange {
  delta: NumberDelta;
}

/** A change of a state. */
export interface StateChange {
  /** The names of the states; `old` is null where there was none. */
  delta: { old: string | null; new: string };
}

/** A change of a set. */
export interface SetChange {
  /** The items whose count changed. */
  delta: (NumberDelta & { name: string })[];
}

/** What an action promises of a metric. `type` is the metric's: TypeScript tells the kinds apart by it. */
export type Reward<G = AnyGame> = ByMetric<
  G,
  { point: NumberReward; compound: NumberReward; state: StateReward; set: SetReward }
> & {
  /** How probable it is, from 0 to 1. */
  probability: number;
};

/** A reward in points. */
export interface NumberReward {
  verb: "add" | "remove" | "set";
  /** How many; undefined where that is computed when the action is played. */
  value: number | undefined;
  /** How many, as the game's designer wrote it: a number, or an expression like `$vars.n`. */
  valueText: string;
}

/** A reward in items. */
export interface SetReward {
  verb: "add" | "remove" | "set";
  /** The items, and how many; undefined where that is computed when the action is played. */
  value: { name: string; count: number | undefined; countText: string }[];
}

/** A reward that is a state. */
export interface StateReward {
  verb: "set";
  /** The state's name. */
  value: string;
}
