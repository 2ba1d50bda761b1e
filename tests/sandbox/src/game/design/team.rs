//! What teams are made of.

use super::Named;

/// What teams are made of.
#[derive(Debug, PartialEq)]
pub struct TeamDesign {
    /// Id, name and description.
    pub named: Named,
    /// The roles that members can have.
    pub roles: &'static [&'static str],
    /// Those of who makes a team.
    pub creator_roles: &'static [&'static str],
}
