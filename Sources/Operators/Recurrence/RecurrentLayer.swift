import EspalierFiles
import EspalierTensors

/// The sizes and settings of a recurrent layer over sequences: T steps of N samples, H hidden units in each of one or
/// two directions, and as many blocks of H rows of weights as the cell has gates.
///
/// Behind the weights W come, at successive positions: R `D x G H x H`, B `D x 2 G H`, the lengths of the sequences,
/// the initial states h and (LSTM) c `D x N x H`, and (LSTM) the peepholes P `D x 3 H`; all but R may be left out. The
/// outputs are the states of all steps `T x D x N x H` and the last ones `D x N x H`. With the attribute `layout` 1,
/// the samples are the first axis of all these.
package struct RecurrentLayer: Hashable, Sendable {
  /// The recurrence.
  package let cell: RecurrentCell
  /// The number of steps.
  package let steps: Int
  /// The number of samples.
  package let batch: Int
  /// The number of numbers of a step.
  package let width: Int
  /// The number of hidden units.
  package let units: Int
  /// For each direction, whether it begins at the end.
  package let isReversed: [Bool]
  /// For each direction, the functions of its gates.
  package let activations: [[RecurrentActivation]]
  /// The magnitude beyond which gates are cut off; infinite by default.
  package let clip: Float
  /// Whether samples are the first axis.
  package let isBatchFirst: Bool
  /// Whether a GRU multiplies by its gate r behind R rather than before.
  package let isLinearBeforeReset: Bool
  /// Whether an LSTM forgets what it does not take in: `f = 1 - i`.
  package let couplesGates: Bool
  /// The position of R.
  package let recurrence: Int
  /// The positions of the inputs that are present.
  let present: Set<Int>
  /// The positions of the outputs that are used.
  let used: [Int]
  /// The number of outputs.
  private let outputCount: Int

  /// Reads the settings of a node whose sequences are the first input and whose R is at `recurrence`.
  ///
  /// - Throws: `EspalierError` if shapes or settings do not fit each other.
  init(_ cell: RecurrentCell, _ call: Invocation, recurrence: Int) throws(EspalierError) {
    let (x, r) = (try call.floatInput(0).shape, try call.floatInput(recurrence).shape)
    let direction = try call.string("direction", default: "forward")
    guard let isReversed = ["forward": [false], "reverse": [true], "bidirectional": [false, true]][direction] else {
      throw call.error("its direction is \"\(direction)\", none of forward, reverse and bidirectional")
    }
    isBatchFirst = try call.flag("layout")
    guard x.rank == 3, r.rank == 3, r[0] == isReversed.count, r[1] == cell.gates * r[2], r[2] > 0 else {
      throw call.error("cannot run over sequences of \(x) with recurrent weights of \(r)")
    }
    (steps, batch) = isBatchFirst ? (x[1], x[0]) : (x[0], x[1])
    (units, width) = (r[2], x[2])
    let activations = try RecurrentActivation.all(call, standard: cell.activations, directions: isReversed.count)
    (self.cell, self.isReversed, self.activations, self.recurrence) = (cell, isReversed, activations, recurrence)
    let clip = try call.float("clip", default: 0)
    self.clip = clip > 0 ? clip : .infinity
    isLinearBeforeReset = try call.flag("linear_before_reset")
    couplesGates = try call.flag("input_forget")
    present = Set((recurrence..<recurrence + 6).filter(call.has(input:)))
    let outputCount = cell == .lstm ? 3 : 2
    (self.outputCount, used) = (outputCount, (0..<outputCount).filter(call.has(output:)))
    try check(call)
  }

  private func check(_ call: Invocation) throws(EspalierError) {
    let (directions, rows) = (isReversed.count, cell.gates * units)
    let state: Shape = isBatchFirst ? [batch, directions, units] : [directions, batch, units]
    let expected: [(Int, Shape)] = [
      (1, [directions, 2 * rows]), (3, state), (4, state), (5, [directions, 3 * units]),
    ]
    for (place, shape) in expected where call.has(input: recurrence + place) {
      let own = try call.floatInput(recurrence + place).shape
      guard own == shape else {
        throw call.error("input \"\(call.node.inputs[recurrence + place])\" is of \(own), not of \(shape)")
      }
    }
    guard call.has(input: recurrence + 2) else { return }
    let lengths = try call.input(recurrence + 2)
    guard lengths.elementType == .int32, lengths.shape == [batch] else {
      throw call.error("has lengths of \(lengths), not one int32 number for each of \(batch) samples")
    }
  }

  /// The position of B, if it is present.
  package var bias: Int? { position(1) }
  /// The position of the lengths, if they are present.
  package var lengths: Int? { position(2) }
  /// The position of the initial h, if it is present.
  package var initialState: Int? { position(3) }
  /// The position of the initial c, if it is present.
  package var initialMemory: Int? { position(4) }
  /// The position of P, if it is present.
  package var peepholes: Int? { position(5) }

  private func position(_ place: Int) -> Int? {
    present.contains(recurrence + place) ? recurrence + place : nil
  }

  /// The types of the outputs.
  var outputs: [TensorType] {
    let directions = isReversed.count
    let all: Shape = isBatchFirst ? [batch, steps, directions, units] : [steps, directions, batch, units]
    let last: Shape = isBatchFirst ? [batch, directions, units] : [directions, batch, units]
    return [TensorType(all)] + Array(repeating: TensorType(last), count: outputCount - 1)
  }

  /// Multiplications by R, and by W if a step reads `width` numbers.
  func cost(width: Int) -> Cost {
    Cost(macs: Int.limitedProduct(steps, batch, isReversed.count, cell.gates, units, units + width))
  }
}
