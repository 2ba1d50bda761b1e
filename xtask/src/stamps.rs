//! What is up to date. A stamp in `target/stamps/` holds the fingerprint of all that a
//! result was made from; while it is the same and the result is there, nothing is done.

use crate::paths;
use anyhow::{Context, Result};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// Collects what a result depends on.
#[derive(Default)]
pub struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// A word, such as a version.
    pub fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.0);
        self
    }

    /// A file's content, or all files of a folder with their names. What is missing counts as such.
    pub fn content(mut self, path: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(path, &mut files)?;
        files.sort();
        for file in files {
            file.strip_prefix(path).unwrap_or(&file).hash(&mut self.0);
            let bytes =
                fs::read(&file).with_context(|| format!("can't read {}", file.display()))?;
            bytes.hash(&mut self.0);
        }
        Ok(self)
    }

    pub fn finish(self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// All files below a path; none when it does not exist.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        let entries =
            fs::read_dir(path).with_context(|| format!("can't list {}", path.display()))?;
        for entry in entries {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}

/// Whether the result of this name was made from exactly this.
pub fn is_current(name: &str, fingerprint: &str) -> bool {
    fs::read_to_string(file(name)).is_ok_and(|stamp| stamp == fingerprint)
}

/// Notes what the result was made from.
pub fn set(name: &str, fingerprint: &str) -> Result<()> {
    let file = file(name);
    fs::create_dir_all(paths::target("stamps"))?;
    fs::write(&file, fingerprint).with_context(|| format!("can't write {}", file.display()))
}

/// Forgets a result, before it is made anew: an interrupted one must not count.
pub fn clear(name: &str) -> Result<()> {
    match fs::remove_file(file(name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).context("can't remove a stamp")
        }
        _ => Ok(()),
    }
}

fn file(name: &str) -> PathBuf {
    paths::target("stamps").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("inner")).unwrap();
            Folder(path)
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.join(name), text).unwrap();
        }

        fn fingerprint(&self) -> String {
            Fingerprint::default().content(&self.0).unwrap().finish()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn every_change_of_a_folder_changes_its_fingerprint() {
        let folder = Folder::new("fingerprint");
        folder.write("a", "1");
        let first = folder.fingerprint();
        assert_eq!(first, folder.fingerprint());

        folder.write("inner/b", "");
        let with_empty_file = folder.fingerprint();
        assert_ne!(first, with_empty_file);

        folder.write("inner/b", "2");
        let with_content = folder.fingerprint();
        assert_ne!(with_empty_file, with_content);

        fs::rename(folder.0.join("inner/b"), folder.0.join("inner/c")).unwrap();
        assert_ne!(with_content, folder.fingerprint());
    }

    #[test]
    fn what_is_missing_differs_from_what_is_there() {
        let folder = Folder::new("missing");
        let missing = Fingerprint::default()
            .content(&folder.0.join("none"))
            .unwrap();
        folder.write("none", "");
        let there = Fingerprint::default()
            .content(&folder.0.join("none"))
            .unwrap();
        assert_ne!(missing.finish(), there.finish());
    }
}
