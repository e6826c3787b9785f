import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The elements at indices `start`, `start + step`, ... before `end` of each named axis. Starts, ends, axes and steps
/// are inputs from operator set 10, attributes before; negative indices count from the end, and those out of range are
/// clamped to the axis.
package struct Slice: DifferentiableOperator {
  /// `Slice`.
  package static let name: OperatorName = "Slice"

  /// Starts, ends, axes and steps.
  package static var inputsKnownBeforehand: [Int] { [1, 2, 3, 4] }

  /// The number of indices along each axis.
  package let outputs: [TensorType]
  /// The indices taken along each axis.
  package let ranges: [SliceRange]
  private let input: Shape
  private let named: [Int]

  /// Reads starts, ends, axes and steps, of which there must be equally many.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    input = type.shape
    guard let starts = try call.ints("starts", orInput: 1), let ends = try call.ints("ends", orInput: 2)
    else { throw call.error("does not say where it starts and ends") }
    named = try call.axes(try call.ints("axes", orInput: 3) ?? Array(starts.indices))
    let steps = try call.ints("steps", orInput: 4) ?? named.map { _ in 1 }
    guard starts.count == named.count, ends.count == named.count, steps.count == named.count, !steps.contains(0) else {
      throw call.error("cannot take \(starts) to \(ends) in steps of \(steps) along \(named.count) axes")
    }
    var ranges = input.map { SliceRange(count: $0) }
    for (position, axis) in named.enumerated() {
      ranges[axis] = SliceRange(from: starts[position], to: ends[position], by: steps[position], of: input[axis])
    }
    _ = try call.elementWidth()
    self.ranges = ranges
    outputs = [TensorType(Shape(ranges.map(\.count)), type.elementType)]
  }

  /// Each element is tied to its source, and with a step of s > 1 to all s elements of the stride that holds its
  /// source, so that what is left can be taken in the same steps. Axes taken backwards, or of which the last stride is
  /// not whole, are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule()
    for (axis, range) in ranges.enumerated() {
      if range.step == 1 || isInWholeStrides(axis) {
        rule.ties.append(
          AxisTie(
            PortAxis(.output(0), axis), PortAxis(.input(0), axis), block: range.step,
            offset: range.start / range.step * range.step))
      } else {
        rule.freeze(axis, "takes steps along it")
      }
    }
    return rule
  }

  /// Whether an axis is taken forwards in steps that divide its size.
  private func isInWholeStrides(_ axis: Int) -> Bool { ranges[axis].step > 1 && input[axis] % ranges[axis].step == 0 }

  /// Elements are only moved.
  package var sign: Sign { .preserved }

  /// Adapts starts and ends along shortened axes.
  package func resize(_ resizing: inout NodeResizing) {
    var ranges = ranges
    for axis in input.indices {
      let kept = resizing.kept(PortAxis(.input(0), axis))
      guard kept.count < input[axis] else { continue }
      // The strides that are taken, from their first element to their last.
      let (range, step) = (ranges[axis], ranges[axis].step)
      let first = range.start / step * step
      let taken = first..<first + range.count * step
      ranges[axis] = SliceRange(
        start: kept.count { $0 < first } + range.start % step, step: step,
        count: kept.count(where: taken.contains) / step)
    }
    if let now = try? Slice(resizing.now), now.ranges == ranges { return }
    guard let statedStarts = resizing.stated("starts", orInput: 1),
      let statedEnds = resizing.stated("ends", orInput: 2)
    else { return }
    var (starts, ends) = (statedStarts.values, statedEnds.values)
    for (position, axis) in named.enumerated() where resizing.kept(PortAxis(.input(0), axis)).count < input[axis] {
      let (start, past) = (ranges[axis].start, ranges[axis].count * ranges[axis].step)
      (starts[position], ends[position]) = (start, min(start + past, resizing.inputShape(0)[axis]))
    }
    resizing.set(starts, leaving: statedStarts.isComputed, "starts", orInput: 1)
    resizing.set(ends, leaving: statedEnds.isComputed, "ends", orInput: 2)
  }

  /// The gradient at the sources of the elements, zeros elsewhere.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(gradients.spread(gradients.outputGradient, over: input, ranges), forInput: 0)
  }
}
