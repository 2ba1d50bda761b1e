;; Reads the text of `inlined.rs` where it lies, and leaves the wasm in its place.
(module
  (memory (export "memory") {pages})
  ;; What each letter stands for: alone, then after each of the two that begin pairs.
  (data (i32.const 0) "{known}")
  (func (export "read") (param $length i32) (result i32)
    (local $end i32) (local $at i32) (local $to i32) (local $letter i32)
    (local.set $at (i32.const {start}))
    (local.set $to (local.get $at))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (loop $next
      (local.set $letter (i32.load8_u (local.get $at)))
      (if (i32.ge_u (local.get $letter) (i32.const {pairs}))
        (then
          (local.set $letter
            (i32.add
              (i32.load8_u (local.tee $at (i32.add (local.get $at) (i32.const 1))))
              (i32.mul
                (i32.sub (local.get $letter) (i32.const {before_pairs}))
                (i32.const {letters}))))))
      (i32.store8 (local.get $to) (i32.load8_u (local.get $letter)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $next
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.sub (local.get $to) (i32.const {start}))))
