/** The longest that a frame paints before it leaves the rest to the next one. */
const budgetMs = 12;

/**
 * Paints once a frame, however often it is asked: tasks of the same name are joined, and what does
 * not fit into a frame is painted in the next, so that a slow browser shows fewer pictures and none
 * that is old.
 */
export class Painter {
  /**
   * @param {(paint: () => void) => unknown} [frame] calls back in the next frame
   * @param {() => number} [now] milliseconds
   */
  constructor(frame = (paint) => requestAnimationFrame(paint), now = () => performance.now()) {
    this.frame = frame;
    this.now = now;
    /** @type {Map<string, () => void>} in the order in which they were first asked for */
    this.tasks = new Map();
    this.due = false;
  }

  /**
   * @param {string} name
   * @param {() => void} task
   */
  ask(name, task) {
    this.tasks.set(name, task);
    this.wake();
  }

  wake() {
    if (this.due || this.tasks.size === 0) return;
    this.due = true;
    this.frame(() => {
      this.due = false;
      this.paint();
      this.wake();
    });
  }

  paint() {
    const end = this.now() + budgetMs;
    for (const [name, task] of [...this.tasks]) {
      this.tasks.delete(name);
      task();
      if (this.now() >= end) return;
    }
  }
}
