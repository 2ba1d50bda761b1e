//! Where a service is, and its versions and parts.

use super::{List, Text, check_path};
use crate::core::error::Error;
use crate::core::text::{contains, replace};

/// What stands for the host in an address.
const HOST: &str = "{host}";

/// Where a service is.
#[derive(Debug)]
pub struct Addresses {
    /// The host of its public installation; empty where it has none, or only one address.
    pub host: Text,
    /// The API's address, in which `{host}` stands for the host; empty where the caller has to say it.
    pub api: Text,
    /// The authorization server's address, likewise; empty where it is the API's.
    pub auth: Text,
    /// Versions of the API and their paths behind its address, the default first. Where there are none,
    /// nothing stands there.
    pub versions: List<(Text, Text)>,
    /// Parts of the API that a call can name, and their paths, which stand in place of the version's.
    pub bases: List<(Text, Text)>,
}

impl Addresses {
    /// An address at a host.
    pub fn at(address: &str, host: &str) -> String {
        replace(address, HOST, host)
    }

    /// Whether installations differ by their host alone.
    pub fn takes_host(&self) -> bool {
        contains(&self.api, HOST)
    }

    /// Checks what a caller may have written.
    ///
    /// # Errors
    /// `invalid_option`.
    pub fn check<V>(&self) -> Result<(), Error<V>> {
        let options = [("versions", &self.versions), ("bases", &self.bases)];
        for (option, paths) in options {
            for (_, path) in paths.iter() {
                // A second slash would lead to another host in some readers' eyes.
                if path.starts_with("//") {
                    return Err(Error::option(option, "paths like \"/v2\" by their names"));
                }
                check_path(option, path)?;
            }
        }
        Ok(())
    }
}

/// The path of that name.
pub fn path_of<'a>(paths: &'a [(Text, Text)], name: &str) -> Option<&'a str> {
    let found = paths.iter().find(|(known, _)| known == name);
    found.map(|(_, path)| &**path)
}
