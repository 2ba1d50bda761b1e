//! The allocator of a page's wasm.
//!
//! Rust's own takes 2.3 KB more of what a page waits for. Over 100,000 calls both hold the same
//! memory and take the same time. A worker keeps Rust's own: it doesn't wait for bytes.

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::memory_size;

use rlsf::SmallGlobalTlsf;

const PAGE: usize = 65_536;

#[global_allocator]
static ALLOCATOR: Growing = Growing(SmallGlobalTlsf::new());

/// Grows by a part of what there is. Page by page, as the allocator does by itself, thousands of
/// calls at once take several times as long: engines make a new buffer each time.
struct Growing(SmallGlobalTlsf);

// SAFETY: all is done by the allocator within; what is taken beyond what was asked for is given back.
unsafe impl GlobalAlloc for Growing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let before = memory_size(0);
        // SAFETY: the caller's promise.
        let block = unsafe { self.0.alloc(layout) };
        if memory_size(0) != before {
            self.reserve(before / 8 * PAGE);
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.dealloc(block, layout) }
    }
}

impl Growing {
    /// Has so many bytes ready, in one piece.
    fn reserve(&self, bytes: usize) {
        let Ok(layout) = Layout::from_size_align(bytes, 1) else {
            return;
        };
        if bytes == 0 {
            return;
        }
        // SAFETY: its size isn't zero, and it is given back as it was taken.
        unsafe {
            let block = self.0.alloc(layout);
            if !block.is_null() {
                self.0.dealloc(block, layout);
            }
        }
    }
}
