import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The first elements of each sequence in reverse order: as many along the attribute `time_axis` as the second input
/// states for the index along `batch_axis`.
package struct ReverseSequence: Operator {
  /// `ReverseSequence`.
  package static let name: OperatorName = "ReverseSequence"

  /// The input's type.
  package let outputs: [TensorType]
  /// The axis of the sequences.
  package let batchAxis: Int
  /// The axis that is reversed.
  package let timeAxis: Int

  /// Reads the axes, which are the first two.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    (batchAxis, timeAxis) = (try call.int("batch_axis", default: 1), try call.int("time_axis", default: 0))
    guard input.shape.rank >= 2, Set([batchAxis, timeAxis]) == [0, 1] else {
      throw call.error("cannot reverse axis \(timeAxis) of \(input.shape) by those of axis \(batchAxis)")
    }
    let lengths = try call.indices(at: 1).shape
    guard lengths == [input.shape[batchAxis]] else {
      throw call.error("has lengths of \(lengths) for \(input.shape[batchAxis]) sequences")
    }
    _ = try call.elementWidth()
    outputs = [input]
  }

  /// The reversed axis is frozen; every other is tied to the same axis of the output, sequences to their lengths.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: outputs[0].shape.rank, except: [timeAxis])
    rule.freeze(timeAxis, "reverses it")
    rule.ties.append(AxisTie(PortAxis(.input(1), 0), PortAxis(.output(0), batchAxis)))
    return rule
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }
}
