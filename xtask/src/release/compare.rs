//! Whether two tarballs are the same, and if not, in which file.

use super::twice::Made;
use crate::{commands, stamps};
use anyhow::{Context, Result};
use sha2::{Digest, Sha512};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// As `sha512sum` writes it.
pub fn sha512(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("can't read {}", file.display()))?;
    let hex = |byte: &u8| format!("{byte:02x}");
    Ok(Sha512::digest(bytes).iter().map(hex).collect())
}

/// The first thing that differs, if the tarballs do.
pub fn difference(first: &Made, second: &Made) -> Result<Option<String>> {
    if fs::read(&first.tarball)? == fs::read(&second.tarball)? {
        return Ok(None);
    }
    if let Some(found) = in_files(&first.package, &second.package)? {
        return Ok(Some(found));
    }
    let (one, other) = (listed(&first.tarball)?, listed(&second.tarball)?);
    let found = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    Ok(Some(match found {
        Some((a, b)) => format!("their files are the same, but one lists `{a}`, the other `{b}`"),
        None => "their files are the same, but not the bytes around them".to_owned(),
    }))
}

/// The first file that is only in one of two folders, or another one.
fn in_files(first: &Path, second: &Path) -> Result<Option<String>> {
    let (one, other) = (files(first)?, files(second)?);
    let mut names: Vec<&PathBuf> = one.keys().chain(other.keys()).collect();
    names.sort();
    for name in names {
        let shown = name.display();
        match (one.get(name), other.get(name)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => {
                let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
                let (a, b) = (a.len(), b.len());
                return Ok(Some(format!(
                    "{shown} differs from its byte {same} on (of {a} and of {b})"
                )));
            }
            (Some(_), None) => return Ok(Some(format!("{shown} is in the first one only"))),
            _ => return Ok(Some(format!("{shown} is in the second one only"))),
        }
    }
    Ok(None)
}

fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut paths = Vec::new();
    stamps::collect(folder, &mut paths)?;
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).with_context(|| format!("can't read {}", path.display()))?;
        Ok((path.strip_prefix(folder)?.to_owned(), bytes))
    };
    paths.into_iter().map(read).collect()
}

/// Names, order, modes and times.
fn listed(tarball: &Path) -> Result<String> {
    let mut command = commands::program("tar");
    commands::said(command.env("TZ", "UTC").arg("-tvzf").arg(tarball))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folders(PathBuf);

    impl Folders {
        fn new(name: &str) -> Folders {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            for one in ["a/lib", "b/lib"] {
                fs::create_dir_all(path.join(one)).unwrap();
            }
            Folders(path)
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.join(name), text).unwrap();
        }

        fn difference(&self) -> Option<String> {
            in_files(&self.0.join("a"), &self.0.join("b")).unwrap()
        }
    }

    impl Drop for Folders {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn the_first_file_that_differs_is_named() {
        let folders = Folders::new("compare");
        for one in ["a", "b"] {
            folders.write(&format!("{one}/index.js"), "same");
            folders.write(&format!("{one}/lib/z.js"), one);
        }
        let found = folders.difference().unwrap();
        assert!(
            found.contains("lib/z.js differs from its byte 0"),
            "{found}"
        );

        folders.write("b/lib/c.js", "");
        assert_eq!(
            folders.difference().unwrap(),
            "lib/c.js is in the second one only"
        );
        folders.write("a/a.js", "");
        assert_eq!(
            folders.difference().unwrap(),
            "a.js is in the first one only"
        );
    }

    #[test]
    fn a_longer_file_differs_where_the_other_ends() {
        let folders = Folders::new("longer");
        folders.write("a/x", "one");
        folders.write("b/x", "one more");
        assert_eq!(
            folders.difference().unwrap(),
            "x differs from its byte 3 on (of 3 and of 8)"
        );
        folders.write("b/x", "one");
        assert_eq!(folders.difference(), None);
    }

    #[test]
    fn the_sum_is_that_of_sha512sum() {
        let folders = Folders::new("sum");
        folders.write("a/x", "abc");
        let sum = sha512(&folders.0.join("a/x")).unwrap();
        assert!(sum.starts_with("ddaf35a193617abacc417349ae204131"), "{sum}");
        assert!(sum.ends_with("2a9ac94fa54ca49f"), "{sum}");
    }
}
