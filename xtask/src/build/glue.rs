//! The glue as a function that makes one.
//!
//! As wasm-bindgen writes it, the glue is a module: there is one of it, bound to one instance. The
//! package starts another instance after a fault, while JavaScript still holds callbacks and
//! finalizers of the old one. With a glue each, they can't reach each other's memory.

use anyhow::{Result, bail};

/// `export function createGlue()`, whose result has what the module exports.
pub fn as_function(module: &str) -> Result<String> {
    let (mut imports, mut body) = (String::new(), String::new());
    let mut names = Vec::new();
    for line in module.lines() {
        let part = match line.starts_with("import ") {
            true => &mut imports,
            false => &mut body,
        };
        let line = match line.strip_prefix("export ") {
            Some(declaration) => {
                names.push(declared(declaration)?);
                declaration
            }
            None => line,
        };
        part.push_str(line);
        part.push('\n');
    }
    if names.is_empty() {
        bail!("the glue exports nothing");
    }
    let names = names.join(", ");
    Ok(format!(
        "{imports}export function createGlue() {{\n{body}return {{ {names} }};\n}}\n"
    ))
}

/// The name that a class or a function is declared with.
fn declared(declaration: &str) -> Result<&str> {
    let named = ["class ", "function "]
        .iter()
        .find_map(|keyword| declaration.strip_prefix(keyword))
        .and_then(|rest| rest.split([' ', '(']).next());
    match named {
        Some(name) => Ok(name),
        None => bail!("the glue exports something unknown: {declaration}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_module_exports_the_function_gives() {
        let module = "import { a } from './a.js';\nexport class Client {\n}\nlet wasm;\nexport function set(val) {\n    wasm = val;\n}\n";
        let function = "import { a } from './a.js';\nexport function createGlue() {\nclass Client {\n}\nlet wasm;\nfunction set(val) {\n    wasm = val;\n}\nreturn { Client, set };\n}\n";
        assert_eq!(as_function(module).unwrap(), function);
    }

    #[test]
    fn an_export_of_another_form_is_an_error() {
        assert!(as_function("export { a as b };\n").is_err());
        assert!(as_function("let wasm;\n").is_err());
    }
}
