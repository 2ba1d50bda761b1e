//! The services, told apart by their paths.

/// A service that stands here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Playoff: every path that isn't another's.
    Playoff,
    /// Kumite, below `/kumite`.
    Kumite,
    /// Toornament, below `/toornament`.
    Toornament,
}

impl Service {
    /// The service that a path leads to.
    pub fn of(path: &str) -> Self {
        let below = |base: &str| {
            let rest = path.strip_prefix(base);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if below("/kumite") {
            Service::Kumite
        } else if below("/toornament") {
            Service::Toornament
        } else {
            Service::Playoff
        }
    }

    /// The service of that name in control calls.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "playoff" => Some(Service::Playoff),
            "kumite" => Some(Service::Kumite),
            "toornament" => Some(Service::Toornament),
            _ => None,
        }
    }
}
