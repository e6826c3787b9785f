import EspalierFiles
import EspalierTensors

/// Writes the steps of one direction of a recurrent layer, whose equations are in ``RecurrentCell``.
struct RecurrentStepWriter {
  private let layer: RecurrentLayer
  private let activations: [RecurrentActivation]
  /// R, transposed: all gates; of a GRU the gates z and r, and n apart.
  private let recurrence: [String]
  /// The bias `1 x H` of n behind R, where r multiplies it as well.
  private let candidateBias: String?
  private let peepholes: [String]
  /// The bias of all gates that is added to the product with the input; `nil` for none.
  let inputBias: String?
  /// The state, `N x H`.
  private(set) var state: String
  /// The memory of an LSTM, `N x H`; no value of others.
  private(set) var memory: String

  /// The beginning of a direction.
  init(_ layer: RecurrentLayer, direction: Int, _ body: inout BodyBuilder) throws(EspalierError) {
    self.layer = layer
    activations = layer.activations[direction]
    let (units, rows) = (layer.units, layer.cell.gates * layer.units)
    let own = body.transpose(
      layer.part(try body.required(layer.recurrence), direction, of: [rows, units], &body), [1, 0])
    recurrence =
      layer.cell == .gru
      ? [body.slice(own, 0..<2 * units, axis: 1), body.slice(own, 2 * units..<rows, axis: 1)] : [own]
    (inputBias, candidateBias) = try Self.biases(layer, direction, &body)
    if let position = layer.peepholes {
      let all = layer.part(try body.required(position), direction, of: [3 * units], &body)
      peepholes = body.split(all, into: 3, of: units, axis: 0)
    } else {
      peepholes = []
    }
    func initial(_ position: Int?, _ body: inout BodyBuilder) throws(EspalierError) -> String {
      let shape: Shape = [layer.batch, units]
      guard let position else { return body.store(Tensor(repeating: Float(0), shape: shape)) }
      return layer.part(try body.required(position), direction, of: shape, &body, axis: layer.isBatchFirst ? 1 : 0)
    }
    state = try initial(layer.initialState, &body)
    memory = layer.cell == .lstm ? try initial(layer.initialMemory, &body) : ""
  }

  /// The biases beside W and beside R, added but for what a reset gate multiplies.
  private static func biases(
    _ layer: RecurrentLayer, _ direction: Int, _ body: inout BodyBuilder
  ) throws(EspalierError) -> (input: String?, candidate: String?) {
    guard let position = layer.bias else { return (nil, nil) }
    let (units, rows) = (layer.units, layer.cell.gates * layer.units)
    let both = layer.part(try body.required(position), direction, of: [2 * rows], &body)
    let input = body.slice(both, 0..<rows, axis: 0)
    guard layer.cell == .gru, layer.isLinearBeforeReset else {
      return (body.add(Add.name, [input, body.slice(both, rows..<2 * rows, axis: 0)]), nil)
    }
    let gates = body.add(
      Concat.name,
      [body.slice(both, rows..<rows + 2 * units, axis: 0), body.store(Tensor(repeating: Float(0), shape: [units]))],
      ["axis": .int(0)])
    return (body.add(Add.name, [input, gates]), body.slice(both, rows + 2 * units..<2 * rows, axis: 0))
  }

  /// Goes on by a step with the gates' parts of the input, and returns its output.
  mutating func take(
    _ gates: String, _ presence: (present: String, ended: String)?, _ body: inout BodyBuilder
  ) -> String {
    let former = (state, memory)
    switch layer.cell {
    case .rnn: state = apply(0, body.add(Add.name, [gates, product(state, 0, &body)]), &body)
    case .gru: state = gatedState(gates, &body)
    case .lstm: (state, memory) = longShortTerm(gates, &body)
    }
    guard let presence else { return state }
    let output = body.add(Multiply.name, [presence.present, state])
    state = body.add(Add.name, [output, body.add(Multiply.name, [presence.ended, former.0])])
    if layer.cell == .lstm {
      let kept = body.add(Multiply.name, [presence.ended, former.1])
      memory = body.add(Add.name, [body.add(Multiply.name, [presence.present, memory]), kept])
    }
    return output
  }

  private func gatedState(_ gates: String, _ body: inout BodyBuilder) -> String {
    let units = layer.units
    let own = body.slice(gates, 0..<2 * units, axis: 1)
    let both = apply(0, body.add(Add.name, [own, product(state, 0, &body)]), &body)
    let parts = body.split(both, into: 2, of: units, axis: 1)
    let (update, reset) = (parts[0], parts[1])
    let seen: String
    if layer.isLinearBeforeReset {
      var linear = product(state, 1, &body)
      if let candidateBias { linear = body.add(Add.name, [linear, candidateBias]) }
      seen = body.add(Multiply.name, [reset, linear])
    } else {
      seen = product(body.add(Multiply.name, [reset, state]), 1, &body)
    }
    let candidate = apply(
      1, body.add(Add.name, [body.slice(gates, 2 * units..<3 * units, axis: 1), seen]), &body)
    // (1 - z) n + z h
    let change = body.add(Multiply.name, [update, body.add(Subtract.name, [state, candidate])])
    return body.add(Add.name, [candidate, change])
  }

  private func longShortTerm(_ gates: String, _ body: inout BodyBuilder) -> (state: String, memory: String) {
    let all = body.add(Add.name, [gates, product(state, 0, &body)])
    let parts = body.split(all, into: 4, of: layer.units, axis: 1)
    let input = apply(0, peeping(0, parts[0], memory, &body), &body)
    let forget =
      layer.couplesGates
      ? body.add(Subtract.name, [body.store(Tensor(scalar: Float(1))), input])
      : apply(0, peeping(2, parts[2], memory, &body), &body)
    let taken = body.add(Multiply.name, [input, apply(1, parts[3], &body)])
    let new = body.add(Add.name, [body.add(Multiply.name, [forget, memory]), taken])
    let output = apply(0, peeping(1, parts[1], new, &body), &body)
    return (body.add(Multiply.name, [output, activations[2].value(new, &body)]), new)
  }

  /// A gate that sees the memory, if there are peepholes.
  private func peeping(_ place: Int, _ gate: String, _ memory: String, _ body: inout BodyBuilder) -> String {
    peepholes.isEmpty ? gate : body.add(Add.name, [gate, body.add(Multiply.name, [peepholes[place], memory])])
  }

  private func product(_ state: String, _ place: Int, _ body: inout BodyBuilder) -> String {
    body.add(MatMul.name, [state, recurrence[place]])
  }

  /// A function of gates, which are cut off before.
  private func apply(_ position: Int, _ gates: String, _ body: inout BodyBuilder) -> String {
    var gates = gates
    if layer.clip.isFinite {
      gates = body.add(Clip.name, [gates] + [-layer.clip, layer.clip].map { body.store(Tensor(scalar: $0)) })
    }
    return activations[position].value(gates, &body)
  }
}

extension RecurrentActivation {
  /// The function of a value, as nodes.
  fileprivate func value(_ x: String, _ body: inout BodyBuilder) -> String {
    func scaled(_ x: String, by factor: Float) -> String {
      body.add(Multiply.name, [x, body.store(Tensor(scalar: factor))])
    }
    switch function {
    case .affine: return body.add(Add.name, [scaled(x, by: alpha), body.store(Tensor(scalar: beta))])
    case .relu: return body.add(Relu.name, [x])
    case .leakyrelu: return body.add(LeakyRelu.name, [x], ["alpha": .float(alpha)])
    case .thresholdedrelu: return body.add(ThresholdedRelu.name, [x], ["alpha": .float(alpha)])
    case .tanh: return body.add(Tanh.name, [x])
    case .scaledtanh: return scaled(body.add(Tanh.name, [scaled(x, by: beta)]), by: alpha)
    case .sigmoid: return body.add(Sigmoid.name, [x])
    case .hardsigmoid: return body.add(HardSigmoid.name, [x], ["alpha": .float(alpha), "beta": .float(beta)])
    case .elu: return body.add(Elu.name, [x], ["alpha": .float(alpha)])
    case .softsign: return body.add(Softsign.name, [x])
    case .softplus: return body.add(Softplus.name, [x])
    }
  }
}
