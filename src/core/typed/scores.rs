//! Scores, and what changes them.

use crate::core::typed::shape::{Field, Metric, Shape};

static COUNT: &[Field] = &[Field("count", Shape::Number)];
static OLD_AND_NEW: &[Field] = &[Field("old", Shape::Number), Field("new", Shape::Number)];
static LIMITS: &[Field] = &[Field("low", Shape::Number), Field("high", Shape::Number)];

/// What a player has of one metric.
pub static SCORE: Shape = Shape::ByMetric(&Metric {
    numbers: &[Field("value", Shape::Number)],
    states: &[Field("meta", Shape::Object(LIMITS))],
    sets: &[Field("value", Shape::Named("count", COUNT))],
});

/// What an event did to one metric.
pub static CHANGE: Shape = Shape::ByMetric(&Metric {
    numbers: &[Field("delta", Shape::Object(OLD_AND_NEW))],
    states: &[],
    sets: &[Field("delta", Shape::Named("new", OLD_AND_NEW))],
});

/// What an action promises of one metric.
pub static REWARD: Shape = Shape::ByMetric(&Metric {
    numbers: &[Field("value", Shape::Number)],
    states: &[],
    sets: &[Field("value", Shape::Named("count", COUNT))],
});

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::core::typed::shape::shaped;

    fn metric(id: &str, kind: &str) -> Json {
        json!({ "id": id, "name": id, "type": kind })
    }

    #[test]
    fn numbers_stand_beside_their_texts() {
        for (kind, text, number) in [
            ("compound", "23", 23.0),
            ("point", "19", 19.0),
            ("point", "24", 24.0),
            ("point", "-1000000000", -1_000_000_000.0),
            ("point", "0.1", 0.1),
        ] {
            let score = json!({ "metric": metric("m", kind), "value": text });
            assert_eq!(
                shaped(score, &SCORE),
                json!({ "type": kind, "metric": metric("m", kind), "value": number, "valueText": text })
            );
        }
    }

    #[test]
    fn numbers_that_are_numbers_are_taken_too() {
        let score = json!({ "metric": metric("m", "point"), "value": 7 });
        let shown = shaped(score, &SCORE);
        assert_eq!(
            (&shown["value"], &shown["valueText"]),
            (&json!(7), &json!("7"))
        );
    }

    #[test]
    fn states_say_from_where_to_where() {
        let score = json!({
            "metric": metric("plus_minus", "state"),
            "value": { "name": "Guru", "description": "" },
            "meta": { "low": "21", "high": "Infinity", "base_metric": { "id": "p", "name": "P" } },
        });
        let shown = shaped(score.clone(), &SCORE);
        // JSON has no such number; JavaScript has.
        assert_eq!(shown["meta"]["highText"], "Infinity");
        assert_eq!(shown["meta"]["low"], 21.0);
        assert_eq!(shown["meta"]["base_metric"], score["meta"]["base_metric"]);
        assert_eq!(shown["meta"].get("next"), None);
        assert_eq!(shown["value"], score["value"]);

        let low = json!({
            "metric": metric("level", "state"),
            "value": { "name": "Novice", "description": "" },
            "meta": { "low": "0", "high": "9", "next": "Adept" },
        });
        let shown = shaped(low, &SCORE);
        assert_eq!(
            shown["meta"],
            json!({ "low": 0.0, "lowText": "0", "high": 9.0, "highText": "9", "next": "Adept" })
        );
    }

    #[test]
    fn both_forms_of_a_set_are_one() {
        let item = |name| json!({ "name": name, "description": "d", "count": "1" });
        let array = json!({ "metric": metric("t", "set"), "value": [item("Axe"), item("Bow")] });
        let object = json!({
            "metric": metric("t", "set"),
            "value": {
                "Axe": { "description": "d", "count": "1" },
                "Bow": { "description": "d", "count": "1" },
            },
        });
        let counted =
            |name| json!({ "name": name, "description": "d", "count": 1.0, "countText": "1" });
        let expected = json!([counted("Axe"), counted("Bow")]);
        assert_eq!(shaped(array, &SCORE)["value"], expected);
        assert_eq!(shaped(object, &SCORE)["value"], expected);
        for empty in [json!([]), json!({}), Json::Null] {
            let none = json!({ "metric": metric("t", "set"), "value": empty });
            assert_eq!(shaped(none, &SCORE)["value"], json!([]));
        }
    }

    #[test]
    fn changes_say_what_was_and_what_is() {
        let points =
            json!({ "metric": metric("p", "point"), "delta": { "old": null, "new": "4" } });
        assert_eq!(
            shaped(points, &CHANGE)["delta"],
            json!({ "old": null, "oldText": null, "new": 4.0, "newText": "4" })
        );
        let items = json!({
            "metric": metric("t", "set"),
            "delta": { "Axe": { "old": "1", "new": "2" }, "Bow": { "old": null, "new": "1" } },
        });
        assert_eq!(
            shaped(items, &CHANGE)["delta"],
            json!([
                { "name": "Axe", "old": 1.0, "oldText": "1", "new": 2.0, "newText": "2" },
                { "name": "Bow", "old": null, "oldText": null, "new": 1.0, "newText": "1" },
            ])
        );
        let level = json!({
            "metric": metric("l", "state"),
            "delta": { "old": "Novice", "new": "Adept" },
        });
        assert_eq!(shaped(level.clone(), &CHANGE)["delta"], level["delta"]);
    }

    #[test]
    fn rewards_may_be_expressions() {
        let given = json!({
            "metric": metric("p", "point"), "verb": "set", "value": "$vars.tst_p ", "probability": 1,
        });
        let shown = shaped(given, &REWARD);
        assert_eq!(shown["value"], Json::Null);
        assert_eq!(shown["valueText"], "$vars.tst_p ");
        let items = json!({
            "metric": metric("t", "set"), "verb": "add",
            "value": { "Axe": "1", "Bow": "$vars.n" },
        });
        assert_eq!(
            shaped(items, &REWARD)["value"],
            json!([
                { "name": "Axe", "count": 1.0, "countText": "1" },
                { "name": "Bow", "count": null, "countText": "$vars.n" },
            ])
        );
    }

    #[test]
    fn unknown_metrics_stay() {
        let bare = json!({ "value": "1" });
        assert_eq!(shaped(bare.clone(), &SCORE), bare);
        let new = shaped(
            json!({ "metric": metric("m", "new"), "value": "1" }),
            &SCORE,
        );
        assert_eq!((&new["value"], &new["type"]), (&json!("1"), &json!("new")));
    }
}
