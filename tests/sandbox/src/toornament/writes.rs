//! Making, changing and deleting.

use serde_json::{Value, json};

use super::Toornament;
use super::failure::{Failure, Problem};
use super::filters::at;
use super::lists::{Parent, below, has_key, whole};
use super::resources::Resource;
use super::rows::{blank, rfc3339};
use super::store::Row;
use super::{fields, files};
use crate::http::{Answer, Request};
use crate::sandbox::Call;

impl Toornament {
    /// Makes a row.
    pub fn make(
        &mut self,
        call: &mut Call,
        resource: &'static Resource,
        parents: &[Parent],
    ) -> Result<Answer, Failure> {
        let mut body = sent(call.request, resource)?;
        for parent in parents {
            body.insert(parent.field.to_owned(), parent.id.as_str().into());
        }
        let mut problems = fields::check(&body, resource.fields, true);
        problems.extend(self.conflicts(resource, &body, None));
        refuse(problems)?;
        let mut row = blank(resource.name);
        row.extend(body);
        row.insert("id".to_owned(), self.store.new_id(resource.name).into());
        if row.contains_key("created_at") {
            row.insert("created_at".to_owned(), rfc3339(call.now).into());
        }
        files::attach(&mut self.store, &mut row);
        if resource.name == "webhooks" {
            self.webhooks.enable(&mut row, &mut call.entropy);
        }
        let shown = whole(&row);
        self.store.list_mut(resource.name).push(row);
        self.tell(resource, "created", &shown);
        Ok(Answer::json_with(201, &shown.into()))
    }

    /// Changes what the body names.
    pub fn change(
        &mut self,
        call: &mut Call,
        resource: &'static Resource,
        parents: &[Parent],
        key: &str,
    ) -> Result<Answer, Failure> {
        let before = self.find(resource, parents, key)?.clone();
        let mut body = sent(call.request, resource)?;
        let mut problems = fields::check(&body, resource.fields, false);
        problems.extend(self.conflicts(resource, &body, Some(&before)));
        refuse(problems)?;
        let mut row = before.clone();
        if row.contains_key("opponents")
            && let Some(results) = body.remove("opponents")
        {
            settle(&mut row, &results, call.now);
        }
        row.extend(body);
        files::attach(&mut self.store, &mut row);
        if resource.name == "webhooks" {
            self.webhooks.enable(&mut row, &mut call.entropy);
        }
        let shown = whole(&row);
        let same = below(parents);
        let rows = self.store.list_mut(resource.name).iter_mut();
        for old in rows.filter(|old| same(old) && has_key(resource, old, key)) {
            *old = row.clone();
        }
        self.tell(resource, change_of(resource, &before, &row), &shown);
        Ok(Answer::json(&shown.into()))
    }

    /// Deletes a row, and with a tournament or a webhook what belongs to it.
    pub fn delete(
        &mut self,
        resource: &'static Resource,
        parents: &[Parent],
        key: &str,
    ) -> Result<Answer, Failure> {
        let row = self.find(resource, parents, key)?.clone();
        self.tell(resource, "deleted", &whole(&row));
        let same = below(parents);
        let rows = self.store.list_mut(resource.name);
        rows.retain(|old| !(same(old) && has_key(resource, old, key)));
        match resource.name {
            "tournaments" => self.store.drop_below("tournament_id", key),
            "webhooks" => self.store.drop_below("_webhook_id", key),
            _ => {}
        }
        Ok(Answer::empty(204))
    }

    /// What doesn't go together with what there is.
    fn conflicts(&self, resource: &Resource, body: &Row, before: Option<&Row>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut conflict = |message: &str, field: &str, kind: Option<&'static str>| {
            let problem = Problem::new("body", message).at(field, at(body, field).clone());
            problems.push(match kind {
                Some(kind) => problem.of_type(kind),
                None => problem,
            });
        };
        let there = |resource: &str, field: &str, id: &Value| {
            self.store
                .list(resource)
                .iter()
                .any(|row| row.get(field) == Some(id))
        };
        if let Some(id @ Value::String(_)) = body.get("tournament_id")
            && !there("tournaments", "id", id)
        {
            conflict("The tournament was not found.", "tournament_id", None);
        }
        for field in files::FIELDS {
            if let Some(id) = body.get(field).and_then(|file| file.get("id"))
                && !there("files", "id", id)
            {
                conflict("The file was not found.", field, None);
            }
        }
        let known = before.and_then(|row| row.get("email"));
        if let Some(email @ Value::String(_)) = body.get("email")
            && known != Some(email)
            && there(resource.name, "email", email)
        {
            conflict(
                "The email is already used.",
                "email",
                Some("email_duplicate"),
            );
        }
        let opponents = body.get("opponents").and_then(Value::as_array);
        let wins = opponents
            .into_iter()
            .flatten()
            .filter(|o| o["result"] == "win");
        if wins.count() > 1 {
            conflict(
                "The results do not go together.",
                "opponents",
                Some("match_integrity"),
            );
        }
        problems
    }

    /// Tells who has asked for it.
    fn tell(&mut self, resource: &Resource, what: &str, row: &Row) {
        let Some(object) = resource.event else {
            return;
        };
        let id = at(row, "id").as_str().unwrap_or_default();
        let tournament = match resource.name {
            "tournaments" => id,
            _ => at(row, "tournament_id").as_str().unwrap_or_default(),
        };
        self.webhooks.happen(
            &self.store,
            &format!("{object}.{what}"),
            (object, id),
            tournament,
        );
    }
}

/// What is told of a change.
fn change_of(resource: &Resource, before: &Row, after: &Row) -> &'static str {
    let changed = |field: &str| before.get(field) != after.get(field);
    match resource.name {
        "participants" if changed("checked_in") => match at(after, "checked_in") == true {
            true => "checked_in",
            false => "unchecked_in",
        },
        "registrations" if changed("status") => match at(after, "status").as_str() {
            Some("accepted") => "accepted",
            Some("refused") => "refused",
            Some("cancelled") => "cancelled",
            _ => "reset",
        },
        _ => "info_updated",
    }
}

/// Puts sent results to the opponents they are for, and says when that was.
fn settle(row: &mut Row, results: &Value, now: i64) {
    let results = results.as_array().map_or(&[][..], Vec::as_slice);
    let Some(Value::Array(opponents)) = row.get_mut("opponents") else {
        return;
    };
    for opponent in opponents.iter_mut().filter_map(Value::as_object_mut) {
        let number = opponent.get("number");
        let own = results
            .iter()
            .find(|r| number.is_some() && r.get("number") == number);
        for (name, value) in own.and_then(Value::as_object).into_iter().flatten() {
            if name != "position" {
                opponent.insert(name.clone(), value.clone());
            }
        }
    }
    let decided = opponents.iter().all(|o| !o["result"].is_null());
    if decided {
        row.insert("status".to_owned(), "completed".into());
        if row.contains_key("played_at") {
            row.insert("played_at".to_owned(), json!(rfc3339(now)));
        }
    }
}

/// The body, without what it can't set.
fn sent(request: &Request, resource: &Resource) -> Result<Row, Failure> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(mut body)) => {
            let fixed = |name: &str| resource.fixed.contains(&name) || name.starts_with('_');
            body.retain(|name, _| !fixed(name));
            Ok(body)
        }
        _ => Err(Failure::new(400, "body", "The body must be a JSON object")),
    }
}

fn refuse(problems: Vec<Problem>) -> Result<(), Failure> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Failure::of(400, problems)),
    }
}
