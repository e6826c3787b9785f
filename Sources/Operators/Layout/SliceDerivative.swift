import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The derivative of a slice: the input at indices `start`, `start + step`, ... of each axis of the attribute `shape`,
/// zeros elsewhere.
package struct SliceDerivative: Operator {
  /// `espalier::SliceDerivative`.
  package static let name: OperatorName = .own("SliceDerivative")

  /// The shape that the attribute states.
  package let outputs: [TensorType]
  /// The indices written along each axis.
  package let ranges: [SliceRange]

  /// Reads `shape`, `starts` and `steps`, one for each axis.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    guard let starts = try call.ints("starts"), let steps = try call.ints("steps"),
      let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      starts.count == input.rank, steps.count == input.rank, shape.rank == input.rank,
      input.indices.allSatisfy({ axis in
        input[axis] == 0
          || shape.sizes[axis] > starts[axis] && starts[axis] >= 0
            && (0..<shape.sizes[axis]).contains(starts[axis] + (input[axis] - 1) * steps[axis])
      })
    else { throw call.error("cannot spread \(input) as it asks") }
    ranges = input.indices.map { SliceRange(start: starts[$0], step: steps[$0], count: input[$0]) }
    outputs = [TensorType(shape)]
  }
}

extension GradientBuilder {
  /// `value` at the indices `ranges` of a tensor of `shape`, zeros elsewhere.
  mutating func spread(_ value: String, over shape: Shape, _ ranges: [SliceRange]) -> String {
    add(
      SliceDerivative.name, [value],
      [
        "shape": .ints(shape.map(Int64.init)), "starts": .ints(ranges.map { Int64($0.start) }),
        "steps": .ints(ranges.map { Int64($0.step) }),
      ])
  }
}
