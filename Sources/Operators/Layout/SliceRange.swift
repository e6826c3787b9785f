/// Places `start`, `start + step`, ... of an axis, `count` of them.
package struct SliceRange: Hashable, Sendable {
  /// The first place.
  package var start = 0
  /// How far places are apart; negative where they are walked backwards.
  package var step = 1
  /// How many places there are.
  package var count: Int

  /// These places.
  package init(start: Int = 0, step: Int = 1, count: Int) {
    self.start = start
    self.step = step
    self.count = count
  }

  /// The places that ONNX means by `start`, `end` and `step`, which is not 0, along an axis of `size` elements.
  package init(from start: Int, to end: Int, by step: Int, of size: Int) {
    func place(_ place: Int, _ least: Int, _ greatest: Int) -> Int {
      min(max(place < 0 ? place + size : place, least), greatest)
    }
    // A step of one element or less than none goes no further than the axis, so that nothing overflows.
    let step = min(max(step, -size - 1), size + 1)
    self.step = step
    if step > 0 {
      self.start = place(start, 0, size)
      count = max(0, (place(end, 0, size) - self.start + step - 1) / step)
    } else {
      self.start = place(start, 0, size - 1)
      count = max(0, (self.start - place(end, -1, size - 1) - step - 1) / -step)
    }
    if count == 0 { self.start = 0 }
  }
}
