//! Where things lie. All of it hangs on the folder of this crate, so a command
//! does the same from every folder it is called in.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in a folder of the repository")
}

/// A path inside the repository.
pub fn at(relative: &str) -> PathBuf {
    root().join(relative)
}

/// A path inside `target/`.
pub fn target(relative: &str) -> PathBuf {
    root().join("target").join(relative)
}

/// An executable that cargo installed for us.
pub fn tool(name: &str) -> PathBuf {
    target("tools/bin").join(name)
}

/// The path as a reader of the output wants it: from the repository on.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// The first file called `name` in the folders of PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(name))
        .find(|candidate| is_executable(candidate))
}

/// Whether the path is a file that may be run.
pub fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}
