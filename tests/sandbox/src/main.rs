//! The program around the sandbox: a port, a clock, random bytes.

#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use playoff_sandbox::options;

    let options = match options::parse(std::env::args().skip(1)) {
        Ok(options::Parsed::Run(options)) => options,
        Ok(options::Parsed::Help) => {
            println!("{}", options::HELP);
            return std::process::ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("playoff-sandbox: {message}\n{}", options::HELP);
            return std::process::ExitCode::from(2);
        }
    };
    match server::run(&options) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("playoff-sandbox: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}
