import EspalierOperators
import EspalierTensors

/// Resizes a tensor along some of its axes: each element is a sum of elements of the input, weighted axis by axis.
///
/// The innermost resized axis, together with the unchanged axes after it, makes up a *row*. The axes before it are
/// processed position by position: each row of the result is a weighted sum of a few input rows, resized along its own
/// axis.
struct Interpolation {
  /// The axes before a row.
  private let outer: [AxisTaps]
  /// The axis that is resized within a row.
  private let last: AxisTaps
  /// The number of elements after each position of `last`.
  private let run: Int
  /// The stride of each outer axis in the input, in elements.
  private let strides: [Int]

  /// Resizes each axis by its taps.
  init(_ axes: [AxisTaps]) {
    let position = axes.lastIndex { !$0.isIdentity } ?? 0
    outer = Array(axes.prefix(position))
    last = axes.isEmpty ? AxisTaps(keeping: 1) : axes[position]
    run = axes.dropFirst(position + 1).reduce(1) { $0 * $1.size }
    strides = Array(Shape(axes.map(\.size)).strides.prefix(position))
  }

  /// Computes `target` from `source`; `constant` is the value outside of the input.
  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, constant: Float) {
    var sum = [Float](repeating: 0, count: last.size * run)
    var next = target
    forEachRow { parts in
      defer { next += last.count * run }
      guard let parts else { return next.update(repeating: constant, count: last.count * run) }
      if parts.count == 1, parts[0].weight == 1 {
        resize(source + parts[0].offset, to: next, constant: constant)
      } else {
        for (position, part) in parts.enumerated() {
          let row = source + part.offset
          for i in sum.indices { sum[i] = (position == 0 ? 0 : sum[i]) + part.weight * row[i] }
        }
        sum.withUnsafeBufferPointer { resize($0.baseAddress!, to: next, constant: constant) }
      }
    }
  }

  private func resize(_ row: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, constant: Float) {
    target.update(repeating: 0, count: last.count * run)
    forEachTap { place, element, weight in
      for i in 0..<run { target[place + i] += weight * row[element + i] }
    }
    for place in last.outside { (target + place * run).update(repeating: constant, count: run) }
  }

  /// Adds to `target`, which has the input's shape, the contribution of each element of `source`.
  func applyTransposed(_ source: UnsafePointer<Float>, addingTo target: UnsafeMutablePointer<Float>) {
    var sum = [Float](repeating: 0, count: last.size * run)
    var next = source
    forEachRow { parts in
      defer { next += last.count * run }
      guard let parts else { return }
      sum.withUnsafeMutableBufferPointer { sum in
        sum.update(repeating: 0)
        forEachTap { place, element, weight in
          for i in 0..<run { sum[element + i] += weight * next[place + i] }
        }
        for part in parts {
          for i in sum.indices { target[part.offset + i] += part.weight * sum[i] }
        }
      }
    }
  }

  /// Calls `body` for each tap of a row: the offset of its `run` elements in the result, that in the input, and its
  /// weight.
  @inline(__always)
  private func forEachTap(_ body: (_ place: Int, _ element: Int, _ weight: Float) -> Void) {
    for tap in 0..<last.width {
      for place in 0..<last.count {
        let position = tap * last.count + place
        body(place * run, last.places[position] * run, last.weights[position])
      }
    }
  }

  /// Calls `body` for each row of the result, in order, with the input rows that it is the weighted sum of; `nil` for a
  /// row of the constant.
  private func forEachRow(_ body: (_ parts: [(offset: Int, weight: Float)]?) -> Void) {
    walk(axis: 0, parts: [(0, 1)], body)
  }

  private func walk(
    axis: Int, parts: [(offset: Int, weight: Float)]?, _ body: (_ parts: [(offset: Int, weight: Float)]?) -> Void
  ) {
    guard axis < outer.count else { return body(parts) }
    let taps = outer[axis]
    for place in 0..<taps.count {
      let here = taps.outside.contains(place) ? nil : taps.parts(of: place)
      let product = parts.flatMap { parts in
        here.map { here in
          parts.flatMap { part in
            here.map { (part.offset + $0.element * strides[axis], part.weight * $0.weight) }
          }
        }
      }
      walk(axis: axis + 1, parts: product, body)
    }
  }
}
