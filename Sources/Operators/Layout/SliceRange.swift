/// The indices `start`, `start + step`, ... of an axis, `count` in all.
package struct SliceRange: Hashable, Sendable {
  /// The first index.
  package var start = 0
  /// The distance between indices; negative if they descend.
  package var step = 1
  /// The number of indices.
  package var count: Int

  /// A range of these indices.
  package init(start: Int = 0, step: Int = 1, count: Int) {
    self.start = start
    self.step = step
    self.count = count
  }

  /// The indices that ONNX defines by `start`, `end` and `step`, which is not 0, along an axis of `size` elements.
  package init(from start: Int, to end: Int, by step: Int, of size: Int) {
    func place(_ place: Int, _ least: Int, _ greatest: Int) -> Int {
      min(max(place < 0 ? place + size : place, least), greatest)
    }
    // A longer step leaves the axis just the same; clamping it prevents overflow.
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
