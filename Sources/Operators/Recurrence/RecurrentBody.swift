import EspalierFiles
import EspalierTensors

/// The steps of a recurrent layer as nodes.
///
/// Samples that have ended keep their state. With m = 1 up to a sample's length and 0 behind it, a step's output is
/// `m h'`, and the state `m h' + (1 - m) h`, h' being the state that the step computes from h. This holds in both
/// directions: one that begins at the end keeps the initial state until it meets a sample's last step.
struct RecurrentBody {
  /// The sizes and settings.
  private let layer: RecurrentLayer
  /// The position of W; `nil` if the first input is a product with it already.
  private let weights: Int?

  /// The steps of `layer`, whose W is at `weights`.
  init(_ layer: RecurrentLayer, weights: Int?) {
    self.layer = layer
    self.weights = weights
  }

  /// Writes the nodes and the results.
  func write(to body: inout BodyBuilder) throws(EspalierError) {
    var sequence = try body.required(0)
    if layer.isBatchFirst { sequence = body.transpose(sequence, [1, 0, 2]) }
    let presence = try SamplePresence(layer, &body)
    var (all, states, memories) = ([String](), [String](), [String]())
    for direction in layer.isReversed.indices {
      var steps = try RecurrentStepWriter(layer, direction: direction, &body)
      let gates = try gates(of: sequence, direction, steps.inputBias, &body)
      let order = layer.isReversed[direction] ? Array((0..<layer.steps).reversed()) : Array(0..<layer.steps)
      var outputs = [String](repeating: "", count: layer.steps)
      for step in order { outputs[step] = steps.take(gates[step], presence[step], &body) }
      all.append(joined(outputs.map { body.reshape($0, to: [1, 1, layer.batch, layer.units]) }, axis: 0, &body))
      states.append(stacked(steps.state, &body))
      if layer.cell == .lstm { memories.append(stacked(steps.memory, &body)) }
    }
    let sequences = joined(all, axis: 1, &body)
    let axis = layer.isBatchFirst ? 1 : 0
    body.finish(
      [layer.isBatchFirst ? body.transpose(sequences, [2, 0, 1, 3]) : sequences, joined(states, axis: axis, &body)]
        + (memories.isEmpty ? [] : [joined(memories, axis: axis, &body)]))
  }

  /// The parts of the gates that depend on the input, `N x G H` for each step.
  private func gates(
    of sequence: String, _ direction: Int, _ bias: String?, _ body: inout BodyBuilder
  ) throws(EspalierError) -> [String] {
    let rows = layer.cell.gates * layer.units
    var gates: String
    if let weights {
      let own = layer.part(try body.required(weights), direction, of: [rows, layer.width], &body)
      gates = body.add(MatMul.name, [sequence, body.transpose(own, [1, 0])])
    } else {
      gates = body.slice(sequence, direction * rows..<(direction + 1) * rows, axis: 2)
    }
    if let bias { gates = body.add(Add.name, [gates, bias]) }
    return body.split(gates, into: layer.steps, of: 1, axis: 0).map { body.reshape($0, to: [layer.batch, rows]) }
  }

  /// The states of one direction, as a part of those of all.
  private func stacked(_ state: String, _ body: inout BodyBuilder) -> String {
    body.reshape(state, to: layer.isBatchFirst ? [layer.batch, 1, layer.units] : [1, layer.batch, layer.units])
  }

  private func joined(_ parts: [String], axis: Int, _ body: inout BodyBuilder) -> String {
    parts.count == 1 ? parts[0] : body.add(Concat.name, parts, ["axis": .int(Int64(axis))])
  }
}

/// For each step, the columns `N x 1` that choose between the samples that have it and those that have ended.
private struct SamplePresence {
  private var columns: [(present: String, ended: String)] = []

  /// The columns for the lengths of a layer's sequences, if they are given.
  init(_ layer: RecurrentLayer, _ body: inout BodyBuilder) throws(EspalierError) {
    guard let lengths = layer.lengths else { return }
    let own = body.reshape(body.floats(try body.required(lengths)), to: [layer.batch, 1])
    for step in 0..<layer.steps {
      let isPresent = body.add(Greater.name, [own, body.store(Tensor(scalar: Float(step)))])
      let present = body.floats(isPresent)
      columns.append((present, body.add(Subtract.name, [body.store(Tensor(scalar: Float(1))), present])))
    }
  }

  /// The columns of a step; `nil` if all samples have all steps.
  subscript(step: Int) -> (present: String, ended: String)? { columns.isEmpty ? nil : columns[step] }
}

extension RecurrentLayer {
  /// The part of one direction of a value whose first axis is that of directions, in a shape of its own.
  func part(_ value: String, _ direction: Int, of shape: Shape, _ body: inout BodyBuilder, axis: Int = 0) -> String {
    let own = isReversed.count == 1 ? value : body.slice(value, direction..<direction + 1, axis: axis)
    return body.reshape(own, to: shape)
  }
}

extension BodyBuilder {
  /// A range along an axis.
  mutating func slice(_ value: String, _ range: Range<Int>, axis: Int) -> String {
    func number(_ number: Int) -> String { store(Tensor(shape: [1], [Int64(number)])) }
    return add(Slice.name, [value, number(range.lowerBound), number(range.upperBound), number(axis)])
  }

  /// Parts of equal size along an axis.
  mutating func split(_ value: String, into count: Int, of size: Int, axis: Int) -> [String] {
    guard count > 1 else { return [value] }
    let sizes = store(Tensor(shape: [count], [Int64](repeating: Int64(size), count: count)))
    return add(Split.name, [value, sizes], ["axis": .int(Int64(axis))], outputs: count)
  }
}
