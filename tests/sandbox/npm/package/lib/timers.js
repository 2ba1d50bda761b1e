// Timers that all end with the shell they belong to.

export function createTimers() {
  const running = new Set();
  return {
    /** Does something after a while. */
    later(ms, action) {
      const timer = setTimeout(() => {
        running.delete(timer);
        action();
      }, ms);
      running.add(timer);
      return () => {
        clearTimeout(timer);
        running.delete(timer);
      };
    },
    stop() {
      running.forEach(clearTimeout);
      running.clear();
    },
  };
}
