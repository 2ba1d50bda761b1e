//! Types for `require`: TypeScript wants a `.d.cts` beside a `.cjs`, and takes every file
//! that such a one imports as `.cjs` too. What the types say is the same.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Copies `NAME.d.ts`, and whatever in the folder it and they import, to `.d.cts`.
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
        let imports = imports(&types);
        fs::write(
            folder.join(format!("{name}.d.cts")),
            renamed(&types, &imports),
        )?;
        for import in imports {
            let imported = resolved(&name, import).with_context(|| {
                format!("{name}.d.ts imports {import}.js, outside of pkg-template")
            })?;
            waiting.push(imported);
        }
    }
    Ok(())
}

/// `./x` and `../x` of all `from "./x.js"` and `import("../x.js")`.
fn imports(types: &str) -> BTreeSet<&str> {
    types
        .split('"')
        .filter(|text| text.starts_with("./") || text.starts_with("../"))
        .filter_map(|text| text.strip_suffix(".js"))
        .collect()
}

/// The name in the folder of what a file there imports; none where that lies outside.
fn resolved(importer: &str, import: &str) -> Option<String> {
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn renamed(types: &str, imports: &BTreeSet<&str>) -> String {
    imports.iter().fold(types.to_owned(), |types, import| {
        types.replace(&format!("\"{import}.js\""), &format!("\"{import}.cjs\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A folder with these files.
    fn folder_of(test: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("xtask-types-{test}-{}", std::process::id()));
        for (name, text) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }

    /// What `for_require` makes of `index.d.ts`: the texts of these files.
    fn required<const N: usize>(
        test: &str,
        files: &[(&str, &str)],
        names: [&str; N],
    ) -> Result<[String; N]> {
        let folder = folder_of(test, files);
        let made = for_require(&folder, "index");
        let texts = names.map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default());
        fs::remove_dir_all(&folder).unwrap();
        made.map(|()| texts)
    }

    #[test]
    fn imported_neighbours_come_along_under_their_new_name() {
        let index = "import type {\n  A,\n} from \"./a.js\";\nexport type X = import(\"x\").X;\n";
        let files = [
            ("index.d.ts", index),
            ("a.d.ts", "export * from \"./index.js\";\n"),
        ];
        let [index_cts, a_cts] =
            required("neighbours", &files, ["index.d.cts", "a.d.cts"]).unwrap();
        assert_eq!(index_cts, index.replace("./a.js", "./a.cjs"));
        assert_eq!(a_cts, "export * from \"./index.cjs\";\n");
    }

    #[test]
    fn what_is_imported_is_looked_for_beside_whoever_imports_it() {
        let files = [
            ("index.d.ts", "export * from \"./b/a.js\";\n"),
            (
                "b/a.d.ts",
                "export * from \"./c.js\";\nexport * from \"../d.js\";\n",
            ),
            ("b/c.d.ts", "export type C = 1;\n"),
            ("d.d.ts", "export type D = import(\"./b/c.js\").C;\n"),
        ];
        let names = ["index.d.cts", "b/a.d.cts", "b/c.d.cts", "d.d.cts"];
        let made = required("folders", &files, names).unwrap();
        for (made, (_, source)) in made.iter().zip(files) {
            assert_eq!(*made, source.replace(".js", ".cjs"));
        }
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let missing = [("index.d.ts", "export * from \"./a.js\";\n")];
        let error = required("missing", &missing, []).unwrap_err();
        assert_eq!(error.to_string(), "no a.d.ts in pkg-template");
        let outside = [("index.d.ts", "export * from \"../a.js\";\n")];
        let error = required("outside", &outside, []).unwrap_err();
        assert_eq!(
            error.to_string(),
            "index.d.ts imports ../a.js, outside of pkg-template"
        );
    }
}
