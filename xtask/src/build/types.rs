//! Types for `require`: TypeScript wants a `.d.cts` beside a `.cjs`, and takes every file
//! that such a one imports as `.cjs` too. What the types say is the same.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Copies `NAME.d.ts` and its neighbours that it imports to `.d.cts`.
pub fn for_require(folder: &Path, name: &str) -> Result<()> {
    let mut waiting = vec![name.to_owned()];
    let mut done = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !done.insert(name.clone()) {
            continue;
        }
        let source = folder.join(format!("{name}.d.ts"));
        let types = fs::read_to_string(&source)
            .with_context(|| format!("no {name}.d.ts in pkg-template"))?;
        let neighbours = neighbours(&types);
        fs::write(
            folder.join(format!("{name}.d.cts")),
            renamed(&types, &neighbours),
        )?;
        waiting.extend(neighbours);
    }
    Ok(())
}

/// The names `x` of all `from "./x.js"` and `import("./x.js")`.
fn neighbours(types: &str) -> BTreeSet<String> {
    types
        .split("\"./")
        .skip(1)
        .filter_map(|rest| rest.split_once(".js\""))
        .map(|(name, _)| name)
        .filter(|name| !name.contains(['"', '\n']))
        .map(str::to_owned)
        .collect()
}

fn renamed(types: &str, names: &BTreeSet<String>) -> String {
    names.iter().fold(types.to_owned(), |types, name| {
        types.replace(&format!("\"./{name}.js\""), &format!("\"./{name}.cjs\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_neighbours_come_along_under_their_new_name() {
        let folder = std::env::temp_dir().join(format!("xtask-types-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let index = "import type {\n  A,\n} from \"./a.js\";\nexport type X = import(\"x\").X;\n";
        fs::write(folder.join("index.d.ts"), index).unwrap();
        fs::write(folder.join("a.d.ts"), "export * from \"./index.js\";\n").unwrap();
        for_require(&folder, "index").unwrap();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let (index_cts, a_cts) = (read("index.d.cts"), read("a.d.cts"));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(index_cts, index.replace("./a.js", "./a.cjs"));
        assert_eq!(a_cts, "export * from \"./index.cjs\";\n");
    }

    #[test]
    fn a_neighbour_that_is_not_there_is_an_error() {
        let folder = std::env::temp_dir().join(format!("xtask-no-types-{}", std::process::id()));
        assert!(for_require(&folder, "index").is_err());
    }
}
