//! What the world gives: a clock, random bytes, and where to say that something is broken.

use playoff_sandbox::Moment;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn unix_ms() -> f64;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_random(bytes: &mut [u8]);
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn complain(text: &str);
}

/// The moment of now.
pub fn moment() -> Moment {
    let mut random = [0; 32];
    fill_with_random(&mut random);
    Moment {
        unix_ms: unix_ms() as i64,
        random,
    }
}

/// A panic is a trap, which alone would say nothing.
#[wasm_bindgen(start)]
fn tell_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        complain(&format!("playoff-sandbox: {panic}"));
    }));
}
